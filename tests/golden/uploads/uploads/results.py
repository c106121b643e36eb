# Made from uploads.yaml by `generator build`.
"""What methods return."""
