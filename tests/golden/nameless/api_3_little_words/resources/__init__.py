# `python -m generator build` makes this from nameless.yaml.
"""Methods, by what they work on."""
