# Made from blobs.yaml by `generator build`.
"""One function for each operation, over the models of the contract."""
