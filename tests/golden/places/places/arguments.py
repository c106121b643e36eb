# By `python -m generator build`.
"""The keyword arguments of methods as types, for functions of your own that pass them on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Required, TypedDict

from ._runtime.options import Seconds
from ._runtime.unset import Unset
from .models import Thing


class Common(TypedDict, total=False):
	"""What every method takes."""

	timeout: Seconds
	retry_unknown: bool | None


class Extended(Common, total=False):
	"""What every method with a body takes."""

	extra: Mapping[str, object] | None


class ListsAddArgs(Common, total=False):
	id: Required[int]
	query_id: str | None
	header_id: str | None
	query_id_2: str | None
	body: Required[Sequence[Thing | Mapping[str, Any]]]


class ListsPutArgs(Common, total=False):
	body: Any | Unset
