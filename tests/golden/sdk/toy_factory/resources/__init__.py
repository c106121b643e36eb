# Made from sdk.yaml by `generator build`.
"""Methods, by what they work on."""
