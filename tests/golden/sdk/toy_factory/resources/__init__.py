# `python -m generator build` makes this from sdk.yaml.
"""Methods, by what they work on."""
