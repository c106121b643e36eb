# Made from pets.yaml by `generator build`.
"""What each call sends and reads."""
