# Built by `python -m generator build` from media.yaml: edits are lost.
"""Models of the contract."""

from __future__ import annotations

from attrs import define

from .._runtime.objects import OpenObject
from .._runtime.unset import UNSET, Unset

__all__ = [  # noqa: RUF022
    "Report",
    "Problem",
    "RenderResponse2XX",
]


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
