# Made from uploads.yaml by `generator build`.
"""Methods, by what they work on."""
