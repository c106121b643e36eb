# `python -m generator build` makes this from security.yaml.
"""Methods, by what they work on."""
