# Built by `python -m generator build` from openapi.yaml: edits are lost.
"""Models of the contract."""

from __future__ import annotations

from typing import Any, Literal

from attrs import define
from attrs import field as _field

from .._runtime.files import FileInput as File
from .._runtime.objects import OpenObject
from .._runtime.unset import UNSET, Unset

__all__ = [  # noqa: RUF022
    "ImageGeneration",
    "ImageEdit",
    "ImageEditByReference",
    "Video",
    "VideoByReference",
    "Transcription",
    "Speech",
    "SpeechForm",
    "VoiceSettings",
    "Sampling",
    "VoiceUpload",
    "GeneratedImage",
    "EditedImage",
    "EditedImageWithTiming",
    "Transcript",
    "DetailedTranscript",
    "VideoTask",
    "JobStatus",
    "SavedVoice",
    "SpeechStart",
    "SpeechMetadata",
    "SpeechChunk",
    "SpeechEnd",
    "SpeechError",
    "Error",
    "SpeechMetadataData",
    "ErrorErrorType1",
    "ErrorDetailType1",
]


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


@define
class Video(OpenObject):
    """Make a film from a prompt, from a picture that is uploaded, or from both.
    `client.videos.generate` says what its members mean.
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


@define
class Transcription(OpenObject):
    """Turn spoken audio into text. `client.audio.transcribe` says what its members mean."""

    model: str
    file: File
    language: str | Unset = UNSET
    response_format: str | Unset = UNSET
    task: str | Unset = UNSET
    s3_output_path: str | Unset = UNSET


@define
class Speech(OpenObject):
    """Speak a text. `client.audio.speak` says what its members mean."""

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


@define
class VoiceSettings(OpenObject):
    """Settings of the voice.

    Attributes:
        speed: Pace of the speech; 1 is normal. If left out, the service takes 1.0. Evidence: docs.
    """

    speed: float | Unset = UNSET


@define
class Sampling(OpenObject):
    """Controls of the sampling.

    Attributes:
        temperature: How much chance there is. If left out, the service takes 1.0. Evidence: docs.
        top_p: Share of the probability mass to draw from. If left out, the service takes 0.95.
            Evidence: docs.
        top_k: Number of candidates to draw from. If left out, the service takes 50. Evidence: docs.
    """

    temperature: float | Unset = UNSET
    top_p: float | Unset = UNSET
    top_k: float | Unset = UNSET


@define
class VoiceUpload(OpenObject):
    """Save the voice of a recording for later use. `client.audio.upload_voice` says what its members
    mean.
    """

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

    Attributes:
        image_base64: The picture, as bare base64. Evidence: observed.
        use_lightning: Whether the fast path made it. Evidence: observed.
        processing_time_seconds: How long it took, in seconds. Evidence: observed.
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

    Attributes:
        transcription: What was said. Evidence: observed.
        language: The language that was heard or asked for. Evidence: observed.
        audio_duration: Length of the recording, in seconds. Evidence: observed.
        processing_time: How long it took, in seconds. Evidence: observed.
        realtime_factor: Processing time over length of the recording. Evidence: observed.
    """

    transcription: str
    language: str | Unset = UNSET
    audio_duration: float | Unset = UNSET
    processing_time: float | Unset = UNSET
    realtime_factor: float | Unset = UNSET


@define
class VideoTask(OpenObject):
    """How a video model answers a submit.

    Attributes:
        task_id: The id to ask for as `jobId`. Evidence: docs.
        task_status: State of the job, `pending` at first. Evidence: docs.
    """

    task_id: str
    task_status: str


@define
class JobStatus(OpenObject):
    """State of a video job.

    Attributes:
        task_id: The id of the job. Evidence: docs.
        status: One of the known states, or one that is not known yet. Evidence: docs.
        start_time: When the work began. Evidence: docs.
        end_time: When the work ended. Evidence: docs.
        error: Why the job failed. Evidence: docs.
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

    Attributes:
        type_: Says that this is the start. Evidence: observed.
        credits_charged: Credits that this request costs. Evidence: observed.
        credits_remaining: Credits that are left. Evidence: observed.
        estimated_minutes: Expected length of the audio in minutes. Evidence: observed.
    """

    type_: Literal["start"] = _field(metadata={"name": "type"})
    credits_charged: float | Unset = _field(default=UNSET, metadata={"name": "creditsCharged"})
    credits_remaining: float | Unset = _field(default=UNSET, metadata={"name": "creditsRemaining"})
    estimated_minutes: float | Unset = _field(default=UNSET, metadata={"name": "estimatedMinutes"})


@define
class SpeechMetadata(OpenObject):
    """Says how to play the chunks.

    Attributes:
        type_: Says that this is the format. Evidence: observed.
        data: The format. Evidence: observed.
    """

    type_: Literal["metadata"] = _field(metadata={"name": "type"})
    data: SpeechMetadataData


@define
class SpeechChunk(OpenObject):
    """Carries the next samples.

    Attributes:
        type_: Says that this is a chunk. Evidence: observed.
        data: The samples, PCM 16 bit, as base64. Evidence: observed.
        size: Number of bytes before base64. At least 0. Evidence: observed.
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

    Attributes:
        type_: Says that this is a failure. Evidence: assumed.
        message: What went wrong. Evidence: assumed.
    """

    type_: Literal["error"] = _field(metadata={"name": "type"})
    message: str


@define
class Error(OpenObject):
    """No error body was ever published. What is assumed here: an object that says what is wrong under
    at least one of three common names. A client survives anything else as well, HTML and nothing
    included.

    At least one of these is needed: `message`, `error`, `detail`.

    Attributes:
        message: What is wrong. Evidence: assumed.
        error: What is wrong, as text or as an object with a message. Evidence: assumed.
        detail: What is wrong, as text, an object or a list. Evidence: assumed.
    """

    message: str | Unset = UNSET
    error: str | ErrorErrorType1 | Unset = UNSET
    detail: str | ErrorDetailType1 | list[Any] | Unset = UNSET


@define
class SpeechMetadataData(OpenObject):
    """The format.

    Attributes:
        channels: Number of channels. At least 1. Evidence: observed.
        sample_rate: Samples a second. At least 1. Evidence: observed.
        format_: Name of the sample format. Evidence: observed.
    """

    channels: int | Unset = UNSET
    sample_rate: int | Unset = UNSET
    format_: str | Unset = _field(default=UNSET, metadata={"name": "format"})


@define
class ErrorErrorType1(OpenObject):
    """ErrorErrorType1.

    Attributes:
        message: What is wrong. Evidence: assumed.
        code: A short name of the fault. Evidence: assumed.
        field: The member of the request that is at fault. Evidence: assumed.
    """

    message: str
    code: str | float | Unset = UNSET
    field: str | Unset = UNSET


@define
class ErrorDetailType1(OpenObject):
    """What is wrong, as text, an object or a list. Evidence: assumed."""
