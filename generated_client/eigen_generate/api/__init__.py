# `python -m generator build` makes this from openapi.yaml.
"""One function for each operation, over the models of the contract."""
