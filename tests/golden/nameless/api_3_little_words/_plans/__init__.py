# `python -m generator build` makes this from nameless.yaml.
"""What each call sends and reads."""
