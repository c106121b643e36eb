# `python -m generator build` makes this from constructs.yaml.
"""What methods return."""
