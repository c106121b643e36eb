# Built by `python -m generator build` from nameless.yaml: edits are lost.
"""Models of the contract."""

from __future__ import annotations

from ._runtime.objects import UNSET, OpenObject, Unset, define

__all__ = [  # noqa: RUF022
    "GetUsersUserIdPostsPostIdResponse200"
]


@define
class GetUsersUserIdPostsPostIdResponse200(OpenObject):
    """GetUsersUserIdPostsPostIdResponse200."""

    title: str | Unset = UNSET
