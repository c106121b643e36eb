# By `python -m generator build`.
"""Models of the contract."""

from __future__ import annotations

from typing import Literal

from attrs import define

from .._runtime.files import FileInput as File
from .._runtime.objects import OpenObject
from .._runtime.unset import UNSET, Unset


@define
class Toy(OpenObject):
	"""Toy.

	Attributes:
	    name: What to make.
	    wheels: How many wheels. At least 0. Default: 4.
	    paint: Its colour.
	    engraving: Null scrapes it off.
	"""

	name: str
	wheels: int | Unset = UNSET
	paint: Literal["red", "blue"] | str | Unset = UNSET
	engraving: str | None | Unset = UNSET


@define
class Plan(Toy):
	"""Plan. See `client.toys.order`."""


@define
class PlanWithDrawing(OpenObject):
	"""PlanWithDrawing. See `client.toys.order`."""

	name: str
	drawing: File
	wheels: int | Unset = UNSET
	paint: Literal["red", "blue"] | str | Unset = UNSET
	engraving: str | None | Unset = UNSET


@define
class LabelRequest(OpenObject):
	"""LabelRequest. See `client.toys.label`."""

	lines: list[str]
	frame: Frame | Unset = UNSET


@define
class Frame(OpenObject):
	"""A frame."""

	width: float | Unset = UNSET


@define
class SongRequest(OpenObject):
	"""SongRequest. See `client.songs.sing`."""

	words: str
	stream: bool | Unset = UNSET


@define
class MakeToyResponse202(OpenObject):
	"""MakeToyResponse202."""


@define
class OrderStatusResponse200(OpenObject):
	"""OrderStatusResponse200."""


@define
class FetchToyResponse200(OpenObject):
	"""FetchToyResponse200."""


@define
class PrintLabelResponse200(OpenObject):
	"""PrintLabelResponse200."""
