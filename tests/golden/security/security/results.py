# Made from security.yaml by `generator build`.
"""What methods return."""
