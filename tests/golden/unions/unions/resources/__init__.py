# `python -m generator build` makes this from unions.yaml.
"""Methods, by what they work on."""
