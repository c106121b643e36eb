# By `python -m generator build`.
"""Models of the contract."""

from __future__ import annotations

from attrs import define

from .._runtime.objects import OpenObject
from .._runtime.unset import UNSET, Unset


@define
class GetUsersUserIdPostsPostIdResponse200(OpenObject):
	"""GetUsersUserIdPostsPostIdResponse200."""

	title: str | Unset = UNSET
