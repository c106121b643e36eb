# Built by `python -m generator build` from constructs.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define
from .._runtime.objects import field as _field


@define
class Filter(OpenObject):
    """Filter.

    Attributes:
        tags: At least 1 item, without repeats.
    """

    min_: float | Unset = _field(default=UNSET, metadata={"name": "min"})
    tags: list[str] | Unset = UNSET
