# By `python -m generator build`.
"""POST /api/v1/generate."""

from typing import Literal, TypeAlias

from ..._plans.generate import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncEigenGenerate, EigenGenerate
from ...models import (
	DetailedTranscript,
	EditedImage,
	EditedImageWithTiming,
	GeneratedImage,
	ImageEdit,
	ImageEditByReference,
	ImageGeneration,
	Speech,
	SpeechForm,
	Transcript,
	Transcription,
	Video,
	VideoByReference,
	VideoTask,
)

Body: TypeAlias = (
	ImageGeneration | ImageEditByReference | Speech | VideoByReference | ImageEdit | Video | Transcription | SpeechForm
)
MediaType: TypeAlias = Literal["application/json", "multipart/form-data"]
Answer: TypeAlias = (
	GeneratedImage | EditedImage | EditedImageWithTiming | Transcript | DetailedTranscript | VideoTask | bytes | str
)

_SUCCESSES: Successes = {
	"200": {
		"application/json": GeneratedImage
		| EditedImage
		| EditedImageWithTiming
		| Transcript
		| DetailedTranscript
		| VideoTask,
		"image/png": bytes,
		"image/jpeg": bytes,
		"image/webp": bytes,
		"audio/wav": bytes,
		"audio/mpeg": bytes,
		"audio/flac": bytes,
		"audio/aac": bytes,
		"audio/ogg": bytes,
		"audio/pcm": bytes,
		"video/mp4": bytes,
		"text/plain": str,
		"text/event-stream": str,
	}
}


def sync_detailed(*, client: EigenGenerate, body: Body, media_type: MediaType | None = None) -> Response[Answer]:
	"""Generate or edit an image, transcribe audio, speak a text, or make a video

	Send JSON when no file goes with the request, and a form when one does. Speech is also taken as
	a form without a file, and image generation too.
	"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.members(body), media_type=media_type))


def sync(*, client: EigenGenerate, body: Body, media_type: MediaType | None = None) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body, media_type=media_type).parsed


async def asyncio_detailed(
	*, client: AsyncEigenGenerate, body: Body, media_type: MediaType | None = None
) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.members(body), media_type=media_type))


async def asyncio(*, client: AsyncEigenGenerate, body: Body, media_type: MediaType | None = None) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body, media_type=media_type)).parsed
