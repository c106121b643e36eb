# Built by `python -m generator build` from nameless.yaml: edits are lost.
"""Models of the contract."""

from __future__ import annotations

import datetime
from typing import Any, Literal, TypeAlias
from uuid import UUID

from attrs import define
from attrs import field as _field

from .._runtime.files import FileInput as File
from .._runtime.objects import ClosedObject, OpenObject
from .._runtime.unset import UNSET, Unset

__all__ = [  # noqa: RUF022
    "GetUsersUserIdPostsPostIdResponse200"
]


@define
class GetUsersUserIdPostsPostIdResponse200(OpenObject):
    """GetUsersUserIdPostsPostIdResponse200."""

    title: str | Unset = UNSET
