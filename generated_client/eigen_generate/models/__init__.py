# By `python -m generator build`.
"""Models of the contract."""

from __future__ import annotations

from typing import Any, Literal

from attrs import define
from attrs import field as _field

from .._runtime.files import FileInput as File
from .._runtime.objects import OpenObject
from .._runtime.unset import UNSET, Unset


@define
class ImageGeneration(OpenObject):
	"""Draw a picture from a text prompt. See `client.images.generate`."""

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


@define
class ImageEdit(OpenObject):
	"""Transform a picture as an instruction says. The source comes as a file, or by reference. See
	`client.images.edit`.
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


@define
class ImageEditByReference(OpenObject):
	"""Transform a picture that the service fetches itself. See `client.images.edit`."""

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


@define
class Video(OpenObject):
	"""Make a film from a prompt, from a picture that is uploaded, or from both. See
	`client.videos.generate`.
	"""

	model: str
	prompt: str
	frame_num: float | Unset = UNSET
	infer_steps: int | Unset = UNSET
	seed: float | Unset = UNSET
	s3_output_path: str | Unset = UNSET
	image: File | Unset = UNSET
	image_url: str | Unset = UNSET


@define
class VideoByReference(OpenObject):
	"""Make a film from a prompt, from a picture that the service fetches itself, or from both. See
	`client.videos.generate`.
	"""

	model: str
	prompt: str
	frame_num: float | Unset = UNSET
	infer_steps: int | Unset = UNSET
	seed: float | Unset = UNSET
	s3_output_path: str | Unset = UNSET
	image_url: str | Unset = UNSET


@define
class Transcription(OpenObject):
	"""Turn spoken audio into text. See `client.audio.transcribe`."""

	model: str
	file: File
	language: str | Unset = UNSET
	response_format: str | Unset = UNSET
	task: str | Unset = UNSET
	s3_output_path: str | Unset = UNSET


@define
class Speech(OpenObject):
	"""Speak a text. See `client.audio.speak`."""

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


@define
class SpeechForm(Speech):
	"""Speak a text, if wanted with the voice of a recording that is uploaded. See
	`client.audio.speak`.
	"""

	voice_reference_file: File | Unset = UNSET
	audio_prompt_file: File | Unset = UNSET


@define
class VoiceSettings(OpenObject):
	"""Settings of the voice.

	Attributes:
	    speed: Pace of the speech; 1 is normal. Default: 1.0. Evidence: docs.
	"""

	speed: float | Unset = UNSET


@define
class Sampling(OpenObject):
	"""Controls of the sampling.

	Evidence of all: docs.

	Attributes:
	    temperature: How much chance there is. Default: 1.0.
	    top_p: Share of the probability mass to draw from. Default: 0.95.
	    top_k: Number of candidates to draw from. Default: 50.
	"""

	temperature: float | Unset = UNSET
	top_p: float | Unset = UNSET
	top_k: float | Unset = UNSET


@define
class VoiceUpload(OpenObject):
	"""Save the voice of a recording for later use. See `client.audio.upload_voice`."""

	model: str
	voice_reference_file: File


@define
class GeneratedImage(OpenObject):
	"""How `eigen-image` answers a generation.

	Attributes:
	    turbo_image_base64: The picture, as bare base64. Evidence: observed.
	"""

	turbo_image_base64: str


@define
class EditedImage(OpenObject):
	"""How `eigen-image` answers an edit.

	Attributes:
	    edited_image_base64: The picture, as bare base64. Evidence: observed.
	"""

	edited_image_base64: str


@define
class EditedImageWithTiming(OpenObject):
	"""How `qwen-image-edit-2511` answers an edit.

	Evidence of all: observed.

	Attributes:
	    image_base64: The picture, as bare base64.
	    use_lightning: Whether the fast path made it.
	    processing_time_seconds: How long it took, in seconds.
	"""

	image_base64: str
	use_lightning: bool | Unset = UNSET
	processing_time_seconds: float | Unset = UNSET


@define
class Transcript(OpenObject):
	"""How `whisper_v3_turbo` answers.

	Attributes:
	    text: What was said. Evidence: observed.
	"""

	text: str


@define
class DetailedTranscript(OpenObject):
	"""How `higgs_asr_3` answers.

	Evidence of all: observed.

	Attributes:
	    transcription: What was said.
	    language: The language that was heard or asked for.
	    audio_duration: Length of the recording, in seconds.
	    processing_time: How long it took, in seconds.
	    realtime_factor: Processing time over length of the recording.
	"""

	transcription: str
	language: str | Unset = UNSET
	audio_duration: float | Unset = UNSET
	processing_time: float | Unset = UNSET
	realtime_factor: float | Unset = UNSET


@define
class VideoTask(OpenObject):
	"""How a video model answers a submit.

	Evidence of all: docs.

	Attributes:
	    task_id: The id to ask for as `jobId`.
	    task_status: State of the job, `pending` at first.
	"""

	task_id: str
	task_status: str


@define
class JobStatus(OpenObject):
	"""State of a video job.

	Evidence of all: docs.

	Attributes:
	    task_id: The id of the job.
	    status: One of the known states, or one that is not known yet.
	    start_time: When the work began.
	    end_time: When the work ended.
	    error: Why the job failed.
	"""

	task_id: str
	status: Literal["pending", "processing", "completed", "failed"] | str
	start_time: str | float | None | Unset = UNSET
	end_time: str | float | None | Unset = UNSET
	error: str | None | Unset = UNSET


@define
class SavedVoice(OpenObject):
	"""A voice that can be used from now on.

	Attributes:
	    voice_id: The id to send as `voice_id`. Evidence: docs.
	"""

	voice_id: str


@define
class SpeechStart(OpenObject):
	"""Comes first, with the price.

	Evidence of all: observed.

	Attributes:
	    type_: Says that this is the start.
	    credits_charged: Credits that this request costs.
	    credits_remaining: Credits that are left.
	    estimated_minutes: Expected length of the audio in minutes.
	"""

	type_: Literal["start"] = _field(metadata={"name": "type"})
	credits_charged: float | Unset = _field(default=UNSET, metadata={"name": "creditsCharged"})
	credits_remaining: float | Unset = _field(default=UNSET, metadata={"name": "creditsRemaining"})
	estimated_minutes: float | Unset = _field(default=UNSET, metadata={"name": "estimatedMinutes"})


@define
class SpeechMetadata(OpenObject):
	"""Says how to play the chunks.

	Evidence of all: observed.

	Attributes:
	    type_: Says that this is the format.
	    data: The format.
	"""

	type_: Literal["metadata"] = _field(metadata={"name": "type"})
	data: SpeechMetadataData


@define
class SpeechChunk(OpenObject):
	"""Carries the next samples.

	Evidence of all: observed.

	Attributes:
	    type_: Says that this is a chunk.
	    data: The samples, PCM 16 bit, as base64.
	    size: Number of bytes before base64. At least 0.
	"""

	type_: Literal["audio_chunk"] = _field(metadata={"name": "type"})
	data: str
	size: int | Unset = UNSET


@define
class SpeechEnd(OpenObject):
	"""Comes last, if it comes at all; a stream may also simply close.

	Attributes:
	    type_: Says that this is the end. Evidence: observed.
	"""

	type_: Literal["complete", "audio_complete", "done"] = _field(metadata={"name": "type"})


@define
class SpeechError(OpenObject):
	"""Comes when the speech cannot be finished.

	Evidence of all: assumed.

	Attributes:
	    type_: Says that this is a failure.
	    message: What went wrong.
	"""

	type_: Literal["error"] = _field(metadata={"name": "type"})
	message: str


@define
class Error(OpenObject):
	"""No error body was ever published. What is assumed here: an object that says what is wrong under
	at least one of three common names. A client survives anything else as well, HTML and nothing
	included.

	At least one of these is needed: `message`, `error`, `detail`.

	Evidence of all: assumed.

	Attributes:
	    message: What is wrong.
	    error: What is wrong, as text or as an object with a message.
	    detail: What is wrong, as text, an object or a list.
	"""

	message: str | Unset = UNSET
	error: str | ErrorErrorType1 | Unset = UNSET
	detail: str | ErrorDetailType1 | list[Any] | Unset = UNSET


@define
class SpeechMetadataData(OpenObject):
	"""The format.

	Evidence of all: observed.

	Attributes:
	    channels: Number of channels. At least 1.
	    sample_rate: Samples a second. At least 1.
	    format_: Name of the sample format.
	"""

	channels: int | Unset = UNSET
	sample_rate: int | Unset = UNSET
	format_: str | Unset = _field(default=UNSET, metadata={"name": "format"})


@define
class ErrorErrorType1(OpenObject):
	"""ErrorErrorType1.

	Evidence of all: assumed.

	Attributes:
	    message: What is wrong.
	    code: A short name of the fault.
	    field: The member of the request that is at fault.
	"""

	message: str
	code: str | float | Unset = UNSET
	field: str | Unset = UNSET


@define
class ErrorDetailType1(OpenObject):
	"""What is wrong, as text, an object or a list. Evidence: assumed."""
