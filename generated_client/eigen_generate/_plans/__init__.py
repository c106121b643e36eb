# Made from openapi.yaml by `generator build`.
"""What each call sends and reads."""
