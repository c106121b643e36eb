# By `python -m generator build`.
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
	"generate",
	method="POST",
	path="/api/v1/generate",
	security=(SecurityScheme("bearer"),),
	accept="application/json, image/png, image/jpeg, image/webp, audio/wav, audio/mpeg, audio/flac, audio/aac, audio/ogg, audio/pcm, video/mp4, text/plain, text/event-stream",
	response_headers=("x-credits-remaining",),
)

RAW: Call[object] = Call(
	OPERATION,
	bodies=(
		Body(
			"application/json",
			lacks=frozenset(
				{"audio_prompt_file", "file", "image", "image_file", "images", "task", "voice_reference_file"}
			),
		),
		Body(
			"multipart/form-data",
			files=frozenset({"audio_prompt_file", "file", "image", "image_file", "images", "voice_reference_file"}),
			several=frozenset({"images"}),
		),
	),
)

IMAGES_GENERATE: Call[Image] = Call(
	OPERATION,
	bodies=(Body("application/json"), Body("multipart/form-data")),
	readings=(
		MediaReading(
			Image, media_types=("image/*",), base64=("/turbo_image_base64", "/edited_image_base64", "/image_base64")
		),
	),
	timeout=180.0,
	name="images.generate",
	required=("model", "prompt"),
)

IMAGES_EDIT: Call[Image] = Call(
	OPERATION,
	bodies=(
		Body("application/json", lacks=frozenset({"image", "image_file", "images"})),
		Body("multipart/form-data", files=frozenset({"image", "image_file", "images"}), several=frozenset({"images"})),
	),
	readings=IMAGES_GENERATE.readings,
	timeout=180.0,
	needs=(Need((("image_file",), ("image",), ("images",), ("image_path",)), exclusive=True),),
	name="images.edit",
	required=("model", "prompt"),
)

AUDIO_TRANSCRIBE: Call[Transcription] = Call(
	OPERATION,
	bodies=(Body("multipart/form-data", files=frozenset({"file"})),),
	readings=(TextReading(Transcription, text=("/text", "/transcription")),),
	timeout=120.0,
	name="audio.transcribe",
	required=("file", "model"),
)

AUDIO_SPEAK: Call[Audio] = Call(
	OPERATION,
	bodies=(
		Body("multipart/form-data", files=frozenset({"audio_prompt_file", "voice_reference_file"})),
		Body("application/json", lacks=frozenset({"audio_prompt_file", "voice_reference_file"})),
	),
	readings=(MediaReading(Audio, media_types=("audio/*",)),),
	timeout=120.0,
	name="audio.speak",
	required=("model", "text"),
)

AUDIO_SPEAK_STREAM: Call[AudioStream] = Call(
	OPERATION,
	bodies=AUDIO_SPEAK.bodies,
	readings=(
		StreamReading(
			AudioStream,
			asynchronous=AsyncAudioStream,
			type=("/type", "/data/type"),
			chunk=Event(("audio_chunk",), pointers=("/data", "/data/data")),
			end=Event(("complete", "audio_complete", "done")),
			error=Event(("error",), pointers=("/message", "/data/message", "/error")),
			format=Event(("metadata",)),
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
	OPERATION,
	bodies=(
		Body("application/json", lacks=frozenset({"image"})),
		Body("multipart/form-data", files=frozenset({"image"})),
	),
	readings=(
		JobReading(VideoJob, id="/task_id", keep=("model",), members=(Member("/task_status", type="string"),)),
		MediaReading(Video, media_types=("video/*",)),
	),
	timeout=300.0,
	needs=(
		Need((("image",), ("image_url",), ("frame_num",), ("infer_steps",))),
		Need((("image",), ("image_url",)), required=False, exclusive=True),
	),
	name="videos.generate",
	required=("model", "prompt"),
)
