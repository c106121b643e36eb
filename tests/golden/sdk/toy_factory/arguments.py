# By `python -m generator build`.
"""The keyword arguments of methods as types, for functions of your own that pass them on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypedDict

from ._runtime.files import FileInput
from ._runtime.options import Seconds
from ._runtime.unset import Unset
from .models import Frame


class Common(TypedDict, total=False):
	"""What every method takes."""

	timeout: Seconds
	retry_unknown: bool | None


class Extended(Common, total=False):
	"""What every method with a body takes."""

	extra: Mapping[str, object] | None


class ToysOrderArgs(Extended, total=False):
	name: Required[str]
	wheels: int | None
	paint: Literal["red", "blue"] | str | None
	engraving: str | None | Unset
	drawing: FileInput | None


class ToysStatusArgs(Common, total=False):
	order: Required[str]
	name: str | None


class ToysPictureArgs(Common, total=False):
	order: Required[str]
	name: str | None


class ToysLabelArgs(Extended, total=False):
	lines: Required[Sequence[str]]
	frame: Frame | Mapping[str, Any] | None


class SongsSingArgsRest(Extended, total=False):
	words: Required[str]


class SongsSingArgs(SongsSingArgsRest, total=False):
	stream: bool | None
