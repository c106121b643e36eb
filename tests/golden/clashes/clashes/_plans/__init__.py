# Made from clashes.yaml by `generator build`.
"""What each call sends and reads."""
