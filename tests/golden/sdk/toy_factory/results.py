# Built by `python -m generator build` from sdk.yaml: edits are lost.
"""What methods return."""

from ._runtime.fields import boolean_at, number_at, string_at, text_at
from ._runtime.results import Job, Media, Record, Text
from ._runtime.streams import AsyncEventStream, EventStream


class Picture(Media):
    """A picture of a toy."""

    __slots__ = ()


class Label(Text):
    """What is printed on a toy."""

    __slots__ = ()


class Toy(Record):
    """A toy."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """What stands at `/name`."""
        return text_at(self.data, "/name")

    @property
    def price(self) -> float | None:
        """What stands at `/price`; None if no number does."""
        return number_at(self.data, "/price")

    @property
    def sold(self) -> bool | None:
        """What stands at `/sold`; None if no boolean does."""
        return boolean_at(self.data, "/sold")


class Order(Job):
    """A toy that is being made."""

    __slots__ = ()

    @property
    def order_id(self) -> str:
        """The id of the job."""
        return self.id

    @property
    def state(self) -> str | None:
        """What stands at `/state`; None if no string does."""
        return string_at(self.data, "/state")


class Song(Media):
    """A song."""

    __slots__ = ()


class SongStream(EventStream):
    """A song while it is sung."""

    __slots__ = ()


class AsyncSongStream(AsyncEventStream):
    """A song while it is sung."""

    __slots__ = ()
