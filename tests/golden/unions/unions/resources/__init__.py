# Made from unions.yaml by `generator build`.
"""Methods, by what they work on."""
