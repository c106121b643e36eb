# `python -m generator build` wrote this.
"""Methods, by what they work on."""
