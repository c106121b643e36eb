# Made from nameless.yaml by `generator build`.
"""What methods return."""
