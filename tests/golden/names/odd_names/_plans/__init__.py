# `python -m generator build` makes this from names.yaml.
"""What each call sends and reads."""
