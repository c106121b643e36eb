# `python -m generator build` makes this from security.yaml.
"""What methods return."""
