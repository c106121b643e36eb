# Made from unions.yaml by `generator build`.
"""What each call sends and reads."""
