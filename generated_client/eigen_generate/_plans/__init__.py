# `python -m generator build` makes this from openapi.yaml.
"""What each call sends and reads."""
