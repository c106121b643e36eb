# By `python -m generator build`.
"""What methods return."""

from ._runtime.pointers import string_at
from ._runtime.results import Record


class Thing(Record):
	"""A thing \"\"\" \\"""

	@property
	def class_(self) -> str | None:
		"""The string at `/class`, if there is one."""
		return string_at(self.data, "/class")
