# `python -m generator build` makes this from names.yaml.
"""What methods return."""

from ._runtime.pointers import string_at
from ._runtime.results import Record


class Thing(Record):
	"""A thing \"\"\" \\"""

	@property
	def class_(self) -> str | None:
		"""What stands at `/class`; None if no string does."""
		return string_at(self.data, "/class")
