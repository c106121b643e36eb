# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.objects import UNSET, File, OpenObject, Unset, define

if TYPE_CHECKING:
    from ..models.sampling import Sampling
    from ..models.voice_settings import VoiceSettings


@define
class SpeechForm(OpenObject):
    """Speak a text, if wanted with the voice of a recording that is uploaded. `client.audio.speak`
    says what its members mean.
    """

    model: str
    text: str
    voice: str | Unset = UNSET
    voice_id: str | Unset = UNSET
    voice_name: str | Unset = UNSET
    voice_url: str | Unset = UNSET
    voice_settings: VoiceSettings | Unset = UNSET
    sampling: Sampling | str | Unset = UNSET
    stream: bool | Unset = UNSET
    language_id: str | Unset = UNSET
    language: str | Unset = UNSET
    exaggeration: float | Unset = UNSET
    temperature: float | Unset = UNSET
    diffusion_steps: float | Unset = UNSET
    seed: float | Unset = UNSET
    instructions: str | Unset = UNSET
    response_format: str | Unset = UNSET
    s3_output_path: str | Unset = UNSET
    voice_reference_file: File | Unset = UNSET
    audio_prompt_file: File | Unset = UNSET
