# `python -m generator build` wrote this.
"""What methods return."""
