# Made from unions.yaml by `generator build`.
"""What methods return."""
