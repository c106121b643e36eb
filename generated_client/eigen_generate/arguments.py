# By `python -m generator build`.
"""The keyword arguments of methods as types, for functions of your own that pass them on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Required, TypedDict

from ._runtime.files import FileInput
from ._runtime.options import Seconds
from .models import Sampling, VoiceSettings


class Common(TypedDict, total=False):
	"""What every method takes."""

	timeout: Seconds
	retry_unknown: bool | None


class Extended(Common, total=False):
	"""What every method with a body takes."""

	extra: Mapping[str, object] | None


class ImagesGenerateArgs(Extended, total=False):
	model: Required[str]
	prompt: Required[str]
	negative_prompt: str | None
	size: str | None
	seed: float | None
	mode: str | None
	real_time: bool | None
	width: int | None
	height: int | None
	guidance_scale: float | None
	s3_output_path: str | None


class ImagesEditArgs(Extended, total=False):
	model: Required[str]
	prompt: Required[str]
	num_inference_steps: float | None
	binary_response: bool | None
	output_format: str | None
	downsizing_mp: float | None
	lora_strength: float | None
	rank: float | None
	offloading: bool | None
	weight: str | None
	true_cfg_scale: float | None
	sample_steps: float | None
	sample_guide_scale: float | None
	negative_prompt: str | None
	guidance_scale: float | None
	mode: str | None
	s3_output_path: str | None
	image_file: FileInput | None
	image: FileInput | None
	images: Sequence[FileInput] | None
	image_path: str | None


class AudioTranscribeArgs(Extended, total=False):
	model: Required[str]
	file: Required[FileInput]
	language: str | None
	response_format: str | None
	task: str | None
	s3_output_path: str | None


class AudioSpeakArgsRest(Extended, total=False):
	model: Required[str]
	text: Required[str]
	voice: str | None
	voice_id: str | None
	voice_name: str | None
	voice_url: str | None
	voice_settings: VoiceSettings | Mapping[str, Any] | None
	sampling: Sampling | Mapping[str, Any] | str | None
	language_id: str | None
	language: str | None
	exaggeration: float | None
	temperature: float | None
	diffusion_steps: float | None
	seed: float | None
	instructions: str | None
	response_format: str | None
	s3_output_path: str | None
	voice_reference_file: FileInput | None
	audio_prompt_file: FileInput | None


class AudioSpeakArgs(AudioSpeakArgsRest, total=False):
	stream: bool | None


class AudioUploadVoiceArgs(Extended, total=False):
	model: Required[str]
	voice_reference_file: Required[FileInput]


class VideosGenerateArgs(Extended, total=False):
	model: Required[str]
	prompt: Required[str]
	frame_num: float | None
	infer_steps: int | None
	seed: float | None
	s3_output_path: str | None
	image: FileInput | None
	image_url: str | None


class VideosStatusArgs(Common, total=False):
	job_id: Required[str]
	model: Required[str]


class VideosResultArgs(Common, total=False):
	job_id: Required[str]
	model: Required[str]
