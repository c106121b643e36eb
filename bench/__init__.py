"""Measures the built client beside raw httpx and other vendors' SDKs, in one run. It is no test."""
