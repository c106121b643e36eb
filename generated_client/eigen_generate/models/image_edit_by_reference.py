# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class ImageEditByReference(OpenObject):
    """Transform a picture that the service fetches itself. `client.images.edit` says what its members
    mean.
    """

    model: str
    prompt: str
    image_path: str
    num_inference_steps: float | Unset = UNSET
    binary_response: bool | Unset = UNSET
    output_format: str | Unset = UNSET
    downsizing_mp: float | Unset = UNSET
    lora_strength: float | Unset = UNSET
    rank: float | Unset = UNSET
    offloading: bool | Unset = UNSET
    weight: str | Unset = UNSET
    true_cfg_scale: float | Unset = UNSET
    sample_steps: float | Unset = UNSET
    sample_guide_scale: float | Unset = UNSET
    negative_prompt: str | Unset = UNSET
    guidance_scale: float | Unset = UNSET
    mode: str | Unset = UNSET
    s3_output_path: str | Unset = UNSET
