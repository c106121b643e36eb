# `python -m generator build` makes this from places.yaml.
"""Methods, by what they work on."""
