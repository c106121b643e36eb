# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, File, OpenObject, Unset, define


@define
class Transcription(OpenObject):
    """Turn spoken audio into text. `client.audio.transcribe` says what its members mean."""

    model: str
    file: File
    language: str | Unset = UNSET
    response_format: str | Unset = UNSET
    task: str | Unset = UNSET
    s3_output_path: str | Unset = UNSET
