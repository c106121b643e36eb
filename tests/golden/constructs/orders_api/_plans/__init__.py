# Made from constructs.yaml by `generator build`.
"""What each call sends and reads."""
