# Made from constructs.yaml by `generator build`.
"""Methods, by what they work on."""
