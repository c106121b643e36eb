# Built by `python -m generator build` from nameless.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class GetUsersUserIdPostsPostIdResponse200(OpenObject):
    """GetUsersUserIdPostsPostIdResponse200."""

    title: str | Unset = UNSET
