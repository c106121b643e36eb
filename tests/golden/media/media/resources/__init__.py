# Made from media.yaml by `generator build`.
"""Methods, by what they work on."""
