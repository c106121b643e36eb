# Made from constructs.yaml by `generator build`.
"""What methods return."""
