# Made from media.yaml by `generator build`.
"""What each call sends and reads."""
