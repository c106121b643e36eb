# Made from names.yaml by `generator build`.
"""What each call sends and reads."""
