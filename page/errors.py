"""What a run raises when it could not compare."""


class UnreadableError(Exception):
    """Something cannot be read; the message says what, where, and what to do."""
