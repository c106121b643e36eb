# Built by `python -m generator build` from uploads.yaml: edits are lost.
from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.objects import UNSET, File, OpenObject, Unset, define

if TYPE_CHECKING:
    from ..models.layout import Layout


@define
class Album(OpenObject):
    """Album.

    Attributes:
        pictures: At most 10 items.
        public: If left out, the service takes false.
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
