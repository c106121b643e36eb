# Built by `python -m generator build` from clashes.yaml: edits are lost.
from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.objects import UNSET, OpenObject, Unset, define
from .._runtime.objects import field as _field
from ..models.http_port import HTTPPort
from ..models.http_port_2 import HttpPort2

if TYPE_CHECKING:
    from ..models.ab import AB
    from ..models.ab2 import AB2
    from ..models.any_2 import Any2
    from ..models.any_model import AnyModel
    from ..models.every_h import EveryH
    from ..models.every_h2 import EveryH2
    from ..models.every_k_type_1 import EveryKType1
    from ..models.list_item import ListItem
    from ..models.outer_type_0 import OuterType0


@define
class Every(OpenObject):
    """Every."""

    a: AnyModel | Unset = UNSET
    b: Any2 | Unset = UNSET
    c: AB | Unset = UNSET
    d: AB2 | Unset = UNSET
    e: HTTPPort | Unset = UNSET
    f: HttpPort2 | Unset = UNSET
    g: OuterType0 | None | Unset = UNSET
    h: EveryH2 | Unset = UNSET
    i: EveryH | Unset = UNSET
    field_1: int | Unset = _field(default=UNSET, metadata={"name": "+1"})
    field_1_2: int | Unset = _field(default=UNSET, metadata={"name": "-1"})
    field_1_3: int | Unset = _field(default=UNSET, metadata={"name": "(1)"})
    j: list[ListItem] | Unset = UNSET
    k: list[str] | EveryKType1 | Unset = UNSET
