# By `python -m generator build`.
"""What methods return."""

from ._runtime.pointers import boolean_at, number_at, string_at, text_at
from ._runtime.results import Job, Media, Record, Text
from ._runtime.streams import AsyncEventStream, EventStream


class Picture(Media):
	"""A picture of a toy."""


class Label(Text):
	"""What is printed on a toy."""


class Toy(Record):
	"""A toy."""

	@property
	def name(self) -> str:
		"""What stands at `/name`."""
		return text_at(self.data, "/name")

	@property
	def price(self) -> float | None:
		"""The number at `/price`, if there is one."""
		return number_at(self.data, "/price")

	@property
	def sold(self) -> bool | None:
		"""The boolean at `/sold`, if there is one."""
		return boolean_at(self.data, "/sold")


class Order(Job):
	"""A toy that is being made."""

	@property
	def order_id(self) -> str:
		"""The id of the job."""
		return self.id

	@property
	def state(self) -> str | None:
		"""The string at `/state`, if there is one."""
		return string_at(self.data, "/state")


class Song(Media):
	"""A song."""


class SongStream(EventStream):
	"""A song while it is sung."""


class AsyncSongStream(AsyncEventStream):
	"""A song while it is sung."""
