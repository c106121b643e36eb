# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import File, OpenObject, define


@define
class VoiceUpload(OpenObject):
    """Save the voice of a recording for later use. `client.audio.upload_voice` says what its members
    mean.
    """

    model: str
    voice_reference_file: File
