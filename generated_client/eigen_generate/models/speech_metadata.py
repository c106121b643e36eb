# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .._runtime.objects import OpenObject, define
from .._runtime.objects import field as _field

if TYPE_CHECKING:
    from ..models.speech_metadata_data import SpeechMetadataData


@define
class SpeechMetadata(OpenObject):
    """Says how to play the chunks.

    Attributes:
        type_: Says that this is the format. Evidence: observed.
        data: The format. Evidence: observed.
    """

    type_: Literal["metadata"] = _field(metadata={"name": "type"})
    data: SpeechMetadataData
