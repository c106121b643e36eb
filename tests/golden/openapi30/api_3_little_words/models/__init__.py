# By `python -m generator build`.
"""Models of the contract."""

from __future__ import annotations

from attrs import define

from .._runtime.files import FileInput as File
from .._runtime.objects import OpenObject
from .._runtime.unset import UNSET, Unset


@define
class Album(OpenObject):
	"""Album.

	Attributes:
	    pictures: At most 10 items.
	    public: Default: false.
	"""

	title: str
	cover: File
	pictures: list[File] | Unset = UNSET
	notes: str | Unset = UNSET
	tags: list[str] | Unset = UNSET
	layout: Layout | Unset = UNSET
	public: bool | Unset = UNSET
	rating: float | Unset = UNSET
	year: int | None | Unset = UNSET


@define
class Layout(OpenObject):
	"""Layout.

	Attributes:
	    columns: More than 1.
	"""

	columns: int | Unset = UNSET


@define
class Receipt(OpenObject):
	"""Receipt."""

	id: str
	thumbnail: str | Unset = UNSET
	parent: Receipt | None | Unset = UNSET


@define
class GetUsersUserIdPostsPostIdResponse200(OpenObject):
	"""GetUsersUserIdPostsPostIdResponse200."""

	title: str | Unset = UNSET
