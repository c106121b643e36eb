"""Engines that do the five jobs. They know no HTTP, and the same request gives the same bytes."""
