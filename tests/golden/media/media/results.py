# `python -m generator build` makes this from media.yaml.
"""What methods return."""
