# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class ImageGeneration(OpenObject):
    """Draw a picture from a text prompt. `client.images.generate` says what its members mean."""

    model: str
    prompt: str
    negative_prompt: str | Unset = UNSET
    size: str | Unset = UNSET
    seed: float | Unset = UNSET
    mode: str | Unset = UNSET
    real_time: bool | Unset = UNSET
    width: int | Unset = UNSET
    height: int | Unset = UNSET
    guidance_scale: float | Unset = UNSET
    s3_output_path: str | Unset = UNSET
