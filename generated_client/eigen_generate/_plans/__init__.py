# `python -m generator build` wrote this.
"""What each call sends and reads."""
