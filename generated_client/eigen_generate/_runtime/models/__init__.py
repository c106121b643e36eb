"""The raw layer: models read from JSON and written to it, and conformance to the contract."""
