# `python -m generator build` makes this from clashes.yaml.
"""What methods return."""
