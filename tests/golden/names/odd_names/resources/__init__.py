# `python -m generator build` makes this from names.yaml.
"""Methods, by what they work on."""
