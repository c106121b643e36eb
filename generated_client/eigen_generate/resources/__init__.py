# `python -m generator build` makes this from openapi.yaml.
"""Methods, by what they work on."""
