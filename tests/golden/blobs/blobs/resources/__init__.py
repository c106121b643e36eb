# Made from blobs.yaml by `generator build`.
"""Methods, by what they work on."""
