# Built by `python -m generator build` from names.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define
from .._runtime.objects import field as _field


@define
class List(OpenObject):
    """List."""

    str_: str | Unset = _field(default=UNSET, metadata={"name": "str"})
    type_: list[str] | Unset = _field(default=UNSET, metadata={"name": "type"})
