# Made from pets.yaml by `generator build`.
"""What methods return."""
