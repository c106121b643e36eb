# `python -m generator build` makes this from constructs.yaml.
"""Methods, by what they work on."""
