# `python -m generator build` makes this from places.yaml.
"""What methods return."""

from ._runtime.results import Record


class Anything(Record):
	"""What came of it."""
