# Made from blobs.yaml by `generator build`.
"""What methods return."""
