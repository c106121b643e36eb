# `python -m generator build` makes this from pets.yaml.
"""What methods return."""
