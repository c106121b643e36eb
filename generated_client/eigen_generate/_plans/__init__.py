# By `python -m generator build`.
"""What each call sends and reads."""
