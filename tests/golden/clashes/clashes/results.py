# Made from clashes.yaml by `generator build`.
"""What methods return."""
