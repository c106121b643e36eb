# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class VideoByReference(OpenObject):
    """Make a film from a prompt, from a picture that the service fetches itself, or from both.
    `client.videos.generate` says what its members mean.
    """

    model: str
    prompt: str
    frame_num: float | Unset = UNSET
    infer_steps: int | Unset = UNSET
    seed: float | Unset = UNSET
    s3_output_path: str | Unset = UNSET
    image_url: str | Unset = UNSET
