# Built by `python -m generator build` from places.yaml: edits are lost.
from __future__ import annotations

import datetime

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class Thing(OpenObject):
    """Thing."""

    body: str | Unset = UNSET
    when: datetime.date | Unset = UNSET
