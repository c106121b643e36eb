# `python -m generator build` makes this from uploads.yaml.
"""What each call sends and reads."""
