# Made from blobs.yaml by `generator build`.
"""What each call sends and reads."""
