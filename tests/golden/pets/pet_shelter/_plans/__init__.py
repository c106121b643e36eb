# `python -m generator build` makes this from pets.yaml.
"""What each call sends and reads."""
