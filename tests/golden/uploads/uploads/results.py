# `python -m generator build` makes this from uploads.yaml.
"""What methods return."""
