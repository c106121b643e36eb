# `python -m generator build` makes this from uploads.yaml.
"""Methods, by what they work on."""
