# Made from places.yaml by `generator build`.
"""Methods, by what they work on."""
