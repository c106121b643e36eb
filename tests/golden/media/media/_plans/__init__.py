# `python -m generator build` makes this from media.yaml.
"""What each call sends and reads."""
