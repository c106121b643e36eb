# `python -m generator build` makes this from blobs.yaml.
"""What each call sends and reads."""
