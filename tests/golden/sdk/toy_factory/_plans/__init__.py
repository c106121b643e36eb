# `python -m generator build` makes this from sdk.yaml.
"""What each call sends and reads."""
