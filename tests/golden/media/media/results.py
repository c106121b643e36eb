# Made from media.yaml by `generator build`.
"""What methods return."""
