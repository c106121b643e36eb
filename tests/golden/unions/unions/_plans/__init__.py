# `python -m generator build` makes this from unions.yaml.
"""What each call sends and reads."""
