"""The one error of this package."""


class BrokenMediaError(ValueError):
    """Media is not what it says, or not whole. The message says what is wrong, and where."""
