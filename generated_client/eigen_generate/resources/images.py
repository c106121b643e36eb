# By `python -m generator build`.
"""Draw pictures and edit them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Unpack

from .._plans import generate as _generate
from .._runtime.resources import AsyncResource, Resource
from .._runtime.unset import UNSET

if TYPE_CHECKING:
	from .. import arguments
	from .._runtime.files import FileInput
	from .._runtime.options import Seconds
	from ..results import Image


class ImagesResource(Resource):
	"""Draw pictures and edit them."""

	def generate(
		self,
		*,
		model: str,
		prompt: str,
		negative_prompt: str | None = None,
		size: str | None = None,
		seed: float | None = None,
		mode: str | None = None,
		real_time: bool | None = None,
		width: int | None = None,
		height: int | None = None,
		guidance_scale: float | None = None,
		s3_output_path: str | None = None,
		extra: Mapping[str, object] | None = None,
		timeout: Seconds = UNSET,
		retry_unknown: bool | None = None,
	) -> Image:
		"""Draw a picture from a text prompt.

		POST /api/v1/generate. Raises EigenGenerateError.

		Args:
		    model: The model that does the work. For example "eigen-image".
		    prompt: What the picture should show.
		    negative_prompt: What the picture should not show.
		    size: Width and height of the picture, in pixels. For example "1024x1024".
		    seed: The same seed gives the same picture. Random if left out.
		    mode: What a model of several skills should do, `text-to-image` or `image-editing`. Default:
		        "text-to-image". Evidence: docs.
		    real_time: Prefer a fast answer. Default: false. Evidence: docs.
		    width: Width in pixels. At least 512, at most 2048. Default: 1024. Evidence: docs.
		    height: Height in pixels. At least 512, at most 2048. Default: 1024. Evidence: docs.
		    guidance_scale: How closely to follow the prompt. Default: 1.0. Evidence: docs.
		    s3_output_path: Where the service should store the output, as a path or a bucket.
		    extra: Further members, sent as they are.
		    timeout: In seconds, 180 by default; None waits for ever.
		    retry_unknown: Repeat also what may have been billed.
		"""
		return self._send(_generate.IMAGES_GENERATE, locals())

	def edit(
		self,
		*,
		model: str,
		prompt: str,
		num_inference_steps: float | None = None,
		binary_response: bool | None = None,
		output_format: str | None = None,
		downsizing_mp: float | None = None,
		lora_strength: float | None = None,
		rank: float | None = None,
		offloading: bool | None = None,
		weight: str | None = None,
		true_cfg_scale: float | None = None,
		sample_steps: float | None = None,
		sample_guide_scale: float | None = None,
		negative_prompt: str | None = None,
		guidance_scale: float | None = None,
		mode: str | None = None,
		s3_output_path: str | None = None,
		image_file: FileInput | None = None,
		image: FileInput | None = None,
		images: Sequence[FileInput] | None = None,
		image_path: str | None = None,
		extra: Mapping[str, object] | None = None,
		timeout: Seconds = UNSET,
		retry_unknown: bool | None = None,
	) -> Image:
		"""Transform a picture as an instruction says.

		POST /api/v1/generate. Raises EigenGenerateError.

		At least one of these is needed: `image_file`, `image`, `images`, `image_path`.

		No two of these go together: `image_file`, `image`, `images`, `image_path`.

		Args:
		    model: The model that does the work. For example "qwen-image-edit-2511", "eigen-image".
		    prompt: How the picture should change.
		    num_inference_steps: Number of denoising steps. The default is from newer pages. Default:
		        30.
		    binary_response: Answer with the bytes of the picture in place of JSON.
		    output_format: Format of the edited picture, such as `png` or `jpg`.
		    downsizing_mp: Shrink a large source to this many megapixels first, for speed.
		    lora_strength: Strength of the LoRA adapter.
		    rank: Complexity or strength of the edit.
		    offloading: Let the model offload to the CPU.
		    weight: Which editing profile to use.
		    true_cfg_scale: Scale of the classifier-free guidance.
		    sample_steps: Number of sampling steps.
		    sample_guide_scale: Scale of the guidance while sampling.
		    negative_prompt: What the edited picture should not show. Evidence: docs.
		    guidance_scale: How closely to follow the instruction. Evidence: docs.
		    mode: What a model of several skills should do; `image-editing` makes `eigen-image` edit.
		        Evidence: docs.
		    s3_output_path: Where the service should store the output, as a path or a bucket.
		    image_file: The source picture.
		    image: The source picture, under the name that some models use.
		    images: Several source pictures. At least 1 item, at most 9 items. Evidence: observed.
		    image_path: Where the source picture is, as an HTTPS URL or a path inside the service.
		    extra: Further members, sent as they are.
		    timeout: In seconds, 180 by default; None waits for ever.
		    retry_unknown: Repeat also what may have been billed.
		"""
		return self._send(_generate.IMAGES_EDIT, locals())


class AsyncImagesResource(AsyncResource, of=ImagesResource):
	async def generate(self, **values: Unpack[arguments.ImagesGenerateArgs]) -> Image:
		"""Draw a picture from a text prompt."""
		return await self._call("generate", values)

	async def edit(self, **values: Unpack[arguments.ImagesEditArgs]) -> Image:
		"""Transform a picture as an instruction says."""
		return await self._call("edit", values)
