# `python -m generator build` makes this from pets.yaml.
"""Methods, by what they work on."""
