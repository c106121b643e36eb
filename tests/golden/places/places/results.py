# By `python -m generator build`.
"""What methods return."""

from ._runtime.results import Record


class Anything(Record):
	"""What came of it."""
