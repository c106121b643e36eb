# `python -m generator build` makes this from places.yaml.
"""What each call sends and reads."""
