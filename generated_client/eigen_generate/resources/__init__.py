# By `python -m generator build`.
"""Methods, by what they work on."""
