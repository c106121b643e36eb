# Built by `python -m generator build` from nameless.yaml: edits are lost.
"""Models of the contract."""

from __future__ import annotations

from attrs import define

from .._runtime.objects import OpenObject
from .._runtime.unset import UNSET, Unset

__all__ = [  # noqa: RUF022
    "GetUsersUserIdPostsPostIdResponse200"
]


@define
class GetUsersUserIdPostsPostIdResponse200(OpenObject):
    """GetUsersUserIdPostsPostIdResponse200."""

    title: str | Unset = UNSET
