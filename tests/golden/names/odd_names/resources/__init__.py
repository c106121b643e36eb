# Made from names.yaml by `generator build`.
"""Methods, by what they work on."""
