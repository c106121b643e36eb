# Made from nameless.yaml by `generator build`.
"""Methods, by what they work on."""
