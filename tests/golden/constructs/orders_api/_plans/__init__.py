# `python -m generator build` makes this from constructs.yaml.
"""What each call sends and reads."""
