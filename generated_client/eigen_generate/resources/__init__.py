# Made from openapi.yaml by `generator build`.
"""Methods, by what they work on."""
