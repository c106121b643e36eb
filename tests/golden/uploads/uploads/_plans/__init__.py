# Made from uploads.yaml by `generator build`.
"""What each call sends and reads."""
