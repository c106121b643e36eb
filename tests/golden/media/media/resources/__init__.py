# `python -m generator build` makes this from media.yaml.
"""Methods, by what they work on."""
