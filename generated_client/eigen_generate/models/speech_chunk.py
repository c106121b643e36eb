# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from typing import Literal

from .._runtime.objects import UNSET, OpenObject, Unset, define
from .._runtime.objects import field as _field


@define
class SpeechChunk(OpenObject):
    """Carries the next samples.

    Attributes:
        type_: Says that this is a chunk. Evidence: observed.
        data: The samples, PCM 16 bit, as base64. Evidence: observed.
        size: Number of bytes before base64. At least 0. Evidence: observed.
    """

    type_: Literal["audio_chunk"] = _field(metadata={"name": "type"})
    data: str
    size: int | Unset = UNSET
