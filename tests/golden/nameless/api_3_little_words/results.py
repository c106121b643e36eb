# `python -m generator build` makes this from nameless.yaml.
"""What methods return."""
