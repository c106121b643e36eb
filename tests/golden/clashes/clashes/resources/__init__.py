# `python -m generator build` makes this from clashes.yaml.
"""Methods, by what they work on."""
