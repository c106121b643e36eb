# By `python -m generator build`.
"""Models of the contract."""

from __future__ import annotations

from attrs import define

from .._runtime.objects import OpenObject
from .._runtime.unset import UNSET, Unset


@define
class Report(OpenObject):
	"""Report."""

	pages: int


@define
class Problem(OpenObject):
	"""Problem."""

	title: str | Unset = UNSET


@define
class RenderResponse2XX(OpenObject):
	"""RenderResponse2XX."""
