# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define
from .._runtime.objects import field as _field


@define
class SpeechMetadataData(OpenObject):
    """The format.

    Attributes:
        channels: Number of channels. At least 1. Evidence: observed.
        sample_rate: Samples a second. At least 1. Evidence: observed.
        format_: Name of the sample format. Evidence: observed.
    """

    channels: int | Unset = UNSET
    sample_rate: int | Unset = UNSET
    format_: str | Unset = _field(default=UNSET, metadata={"name": "format"})
