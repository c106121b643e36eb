# `python -m generator build` makes this from blobs.yaml.
"""Methods, by what they work on."""
