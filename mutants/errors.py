"""The errors for a mutant that could not be planted."""


class RefusedError(Exception):
    """The fault cannot be planted: the factory takes no such spec. The message says why."""


class BrokenError(Exception):
    """The planted fault itself failed, which is no catch: mend the operator. The message holds the trace."""
