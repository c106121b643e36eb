# `python -m generator build` makes this from nameless.yaml.
"""One function for each operation, over the models of the contract."""
