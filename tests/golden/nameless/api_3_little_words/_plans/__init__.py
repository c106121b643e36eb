# Made from nameless.yaml by `generator build`.
"""What each call sends and reads."""
