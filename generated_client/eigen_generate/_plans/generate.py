# Made from openapi.yaml by `generator build`.
"""Calls of POST /api/v1/generate."""

from .._runtime.plan import (
	Body,
	Call,
	Event,
	JobReading,
	MediaReading,
	Member,
	Need,
	Operation,
	SecurityScheme,
	StreamReading,
	TextReading,
)
from ..results import AsyncAudioStream, Audio, AudioStream, Image, Transcription, Video, VideoJob

OPERATION = Operation(
	id="generate",
	method="POST",
	path="/api/v1/generate",
	security=(SecurityScheme(kind="bearer"),),
	accept="application/json, image/png, image/jpeg, image/webp, audio/wav, audio/mpeg, audio/flac, audio/aac, audio/ogg, audio/pcm, video/mp4, text/plain, text/event-stream",
	response_headers=("x-credits-remaining",),
)

RAW: Call[object] = Call(
	operation=OPERATION,
	bodies=(
		Body(
			media_type="application/json",
			lacks=frozenset(
				{"audio_prompt_file", "file", "image", "image_file", "images", "task", "voice_reference_file"}
			),
		),
		Body(
			media_type="multipart/form-data",
			files=frozenset({"audio_prompt_file", "file", "image", "image_file", "images", "voice_reference_file"}),
			several=frozenset({"images"}),
		),
	),
)

IMAGES_GENERATE: Call[Image] = Call(
	operation=OPERATION,
	bodies=(Body(media_type="application/json"), Body(media_type="multipart/form-data")),
	readings=(
		MediaReading(
			result=Image,
			media_types=("image/*",),
			base64=("/turbo_image_base64", "/edited_image_base64", "/image_base64"),
		),
	),
	timeout=180.0,
	name="images.generate",
	required=("model", "prompt"),
)

IMAGES_EDIT: Call[Image] = Call(
	operation=OPERATION,
	bodies=(
		Body(media_type="application/json", lacks=frozenset({"image", "image_file", "images"})),
		Body(
			media_type="multipart/form-data",
			files=frozenset({"image", "image_file", "images"}),
			several=frozenset({"images"}),
		),
	),
	readings=IMAGES_GENERATE.readings,
	timeout=180.0,
	needs=(Need(choices=(("image_file",), ("image",), ("images",), ("image_path",)), exclusive=True),),
	name="images.edit",
	required=("model", "prompt"),
)

AUDIO_TRANSCRIBE: Call[Transcription] = Call(
	operation=OPERATION,
	bodies=(Body(media_type="multipart/form-data", files=frozenset({"file"})),),
	readings=(TextReading(result=Transcription, text=("/text", "/transcription")),),
	timeout=120.0,
	name="audio.transcribe",
	required=("file", "model"),
)

AUDIO_SPEAK: Call[Audio] = Call(
	operation=OPERATION,
	bodies=(
		Body(media_type="multipart/form-data", files=frozenset({"audio_prompt_file", "voice_reference_file"})),
		Body(media_type="application/json", lacks=frozenset({"audio_prompt_file", "voice_reference_file"})),
	),
	readings=(MediaReading(result=Audio, media_types=("audio/*",)),),
	timeout=120.0,
	name="audio.speak",
	required=("model", "text"),
)

AUDIO_SPEAK_STREAM: Call[AudioStream] = Call(
	operation=OPERATION,
	bodies=AUDIO_SPEAK.bodies,
	readings=(
		StreamReading(
			result=AudioStream,
			asynchronous=AsyncAudioStream,
			type=("/type", "/data/type"),
			chunk=Event(types=("audio_chunk",), pointers=("/data", "/data/data")),
			end=Event(types=("complete", "audio_complete", "done")),
			error=Event(types=("error",), pointers=("/message", "/data/message", "/error")),
			format=Event(types=("metadata",)),
			sample_rate=("/data/sample_rate", "/data/data/sample_rate"),
			channels=("/data/channels", "/data/data/channels"),
			media_types=("audio/*",),
		),
	),
	timeout=120.0,
	name="audio.speak",
	required=("model", "text"),
)

VIDEOS_GENERATE: Call[VideoJob | Video] = Call(
	operation=OPERATION,
	bodies=(
		Body(media_type="application/json", lacks=frozenset({"image"})),
		Body(media_type="multipart/form-data", files=frozenset({"image"})),
	),
	readings=(
		JobReading(
			result=VideoJob, id="/task_id", keep=("model",), members=(Member(pointer="/task_status", type="string"),)
		),
		MediaReading(result=Video, media_types=("video/*",)),
	),
	timeout=300.0,
	needs=(
		Need(choices=(("image",), ("image_url",), ("frame_num",), ("infer_steps",))),
		Need(choices=(("image",), ("image_url",)), required=False, exclusive=True),
	),
	name="videos.generate",
	required=("model", "prompt"),
)
