# `python -m generator build` makes this from blobs.yaml.
"""What methods return."""
