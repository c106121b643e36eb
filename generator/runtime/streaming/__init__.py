"""Answers that are still arriving."""
