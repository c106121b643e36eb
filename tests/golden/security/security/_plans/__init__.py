# `python -m generator build` makes this from security.yaml.
"""What each call sends and reads."""
