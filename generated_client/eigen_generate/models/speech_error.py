# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from typing import Literal

from .._runtime.objects import OpenObject, define
from .._runtime.objects import field as _field


@define
class SpeechError(OpenObject):
    """Comes when the speech cannot be finished.

    Attributes:
        type_: Says that this is a failure. Evidence: assumed.
        message: What went wrong. Evidence: assumed.
    """

    type_: Literal["error"] = _field(metadata={"name": "type"})
    message: str
