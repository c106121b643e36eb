"""The error for a mutant that cannot be planted."""


class RefusedError(Exception):
    """The fault cannot be planted: the factory takes no such spec. The message says why."""
