# Made from places.yaml by `generator build`.
"""What each call sends and reads."""
