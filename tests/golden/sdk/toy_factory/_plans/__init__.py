# Made from sdk.yaml by `generator build`.
"""What each call sends and reads."""
