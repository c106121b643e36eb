# Made from security.yaml by `generator build`.
"""What each call sends and reads."""
