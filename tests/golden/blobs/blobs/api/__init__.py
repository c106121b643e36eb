# `python -m generator build` makes this from blobs.yaml.
"""One function for each operation, over the models of the contract."""
