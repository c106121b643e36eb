# Built by `python -m generator build` from constructs.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define
from .._runtime.objects import field as _field


@define
class OrderLabels(OpenObject):
    """It must satisfy `patternProperties: {"^x-": {"type": "string"}, "^n-": {"type": "integer"}}`.

    It must satisfy `patternProperties: {"^x-": {"type": "string"}, "^n-": {"type": "integer"}}`.
    """

    additional_properties: dict[str, str | int] = _field(init=False, factory=dict)
