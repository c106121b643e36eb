# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class DetailedTranscript(OpenObject):
    """How `higgs_asr_3` answers.

    Attributes:
        transcription: What was said. Evidence: observed.
        language: The language that was heard or asked for. Evidence: observed.
        audio_duration: Length of the recording, in seconds. Evidence: observed.
        processing_time: How long it took, in seconds. Evidence: observed.
        realtime_factor: Processing time over length of the recording. Evidence: observed.
    """

    transcription: str
    language: str | Unset = UNSET
    audio_duration: float | Unset = UNSET
    processing_time: float | Unset = UNSET
    realtime_factor: float | Unset = UNSET
