# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, File, OpenObject, Unset, define


@define
class ImageEdit(OpenObject):
    """Transform a picture as an instruction says. The source comes as a file, or by reference.
    `client.images.edit` says what its members mean.
    """

    model: str
    prompt: str
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
    image_file: File | Unset = UNSET
    image: File | Unset = UNSET
    images: list[File] | Unset = UNSET
    image_path: str | Unset = UNSET
