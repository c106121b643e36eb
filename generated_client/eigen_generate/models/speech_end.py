# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from typing import Literal

from .._runtime.objects import OpenObject, define
from .._runtime.objects import field as _field


@define
class SpeechEnd(OpenObject):
    """Comes last, if it comes at all; a stream may also simply close.

    Attributes:
        type_: Says that this is the end. Evidence: observed.
    """

    type_: Literal["complete", "audio_complete", "done"] = _field(metadata={"name": "type"})
