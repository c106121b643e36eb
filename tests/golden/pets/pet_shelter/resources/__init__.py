# Made from pets.yaml by `generator build`.
"""Methods, by what they work on."""
