# `python -m generator build` makes this from constructs.yaml.
"""One function for each operation, over the models of the contract."""
