# `python -m generator build` makes this from uploads.yaml.
"""One function for each operation, over the models of the contract."""
