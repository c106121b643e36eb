# `python -m generator build` makes this from unions.yaml.
"""What methods return."""
