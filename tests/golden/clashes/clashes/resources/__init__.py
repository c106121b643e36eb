# Made from clashes.yaml by `generator build`.
"""Methods, by what they work on."""
