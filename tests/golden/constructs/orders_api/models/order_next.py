# Built by `python -m generator build` from constructs.yaml: edits are lost.
from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.objects import UNSET, OpenObject, Unset, define
from .._runtime.objects import field as _field

if TYPE_CHECKING:
    from ..models.order_next_labels import OrderNextLabels
    from ..models.order_place import OrderPlace


@define
class OrderNext(OpenObject):
    """The one after.

    `card` is only taken with `holder`.

    It must satisfy `not: {"required": ["card", "cash"]}`, `if: {"properties": {"card": {"const":
    "none"}}}`, `then: {"required": ["cash"]}`, `unevaluatedProperties: false`.

    Attributes:
        id: Matching ^[a-z]+$.
        cash: A multiple of 0.05.
    """

    id: str
    card: str
    holder: str | Unset = UNSET
    cash: float | Unset = UNSET
    place: OrderPlace | Unset = UNSET
    next_: OrderNext | Unset = _field(default=UNSET, metadata={"name": "next"})
    labels: OrderNextLabels | Unset = UNSET
