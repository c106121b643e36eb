# `python -m generator build` makes this from clashes.yaml.
"""One function for each operation, over the models of the contract."""
