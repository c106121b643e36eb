# `python -m generator build` makes this from clashes.yaml.
"""What each call sends and reads."""
