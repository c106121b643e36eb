# `python -m generator build` wrote this.
"""What methods return."""

from ._runtime.results import Record


class Anything(Record):
	"""What came of it."""
