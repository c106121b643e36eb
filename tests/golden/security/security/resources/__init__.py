# Made from security.yaml by `generator build`.
"""Methods, by what they work on."""
