# By `python -m generator build`.
"""What methods return."""
