# `python -m generator build` makes this from media.yaml.
"""One function for each operation, over the models of the contract."""
