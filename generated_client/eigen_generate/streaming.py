# By `python -m generator build`.
"""Answers as bytes that are still coming: `client.streaming` has the methods of the client's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._runtime.byte_streams import AsyncByteStream, ByteStream
from ._runtime.resources import Streaming as _Streaming
from .resources.audio import AudioResource
from .resources.images import ImagesResource
from .resources.videos import VideosResource

if TYPE_CHECKING:
	from . import arguments
	from ._runtime.core import Core
	from ._runtime.core_async import AsyncCore
	from .results import Audio, Image, Transcription, Video, VideoJob, VideoStatus, Voice


class StreamingImages(_Streaming, of=ImagesResource):
	def generate(self, **values: Unpack[arguments.ImagesGenerateArgs]) -> ByteStream[Image]:
		return self._stream("generate", values)

	def edit(self, **values: Unpack[arguments.ImagesEditArgs]) -> ByteStream[Image]:
		return self._stream("edit", values)


class StreamingAudio(_Streaming, of=AudioResource):
	def transcribe(self, **values: Unpack[arguments.AudioTranscribeArgs]) -> ByteStream[Transcription]:
		return self._stream("transcribe", values)

	def speak(self, **values: Unpack[arguments.AudioSpeakArgs]) -> ByteStream[Audio]:
		return self._stream("speak", values)

	def upload_voice(self, **values: Unpack[arguments.AudioUploadVoiceArgs]) -> ByteStream[Voice]:
		return self._stream("upload_voice", values)


class StreamingVideos(_Streaming, of=VideosResource):
	def generate(self, **values: Unpack[arguments.VideosGenerateArgs]) -> ByteStream[VideoJob | Video]:
		return self._stream("generate", values)

	def status(self, **values: Unpack[arguments.VideosStatusArgs]) -> ByteStream[VideoStatus]:
		return self._stream("status", values)

	def result(self, **values: Unpack[arguments.VideosResultArgs]) -> ByteStream[Video]:
		return self._stream("result", values)


class Streaming:
	"""Answers as bytes that are still coming, to go through or to save in little memory."""

	def __init__(self, core: Core) -> None:
		self.images: StreamingImages = StreamingImages(core)
		self.audio: StreamingAudio = StreamingAudio(core)
		self.videos: StreamingVideos = StreamingVideos(core)


class AsyncStreamingImages(_Streaming, of=ImagesResource):
	async def generate(self, **values: Unpack[arguments.ImagesGenerateArgs]) -> AsyncByteStream[Image]:
		return await self._astream("generate", values)

	async def edit(self, **values: Unpack[arguments.ImagesEditArgs]) -> AsyncByteStream[Image]:
		return await self._astream("edit", values)


class AsyncStreamingAudio(_Streaming, of=AudioResource):
	async def transcribe(self, **values: Unpack[arguments.AudioTranscribeArgs]) -> AsyncByteStream[Transcription]:
		return await self._astream("transcribe", values)

	async def speak(self, **values: Unpack[arguments.AudioSpeakArgs]) -> AsyncByteStream[Audio]:
		return await self._astream("speak", values)

	async def upload_voice(self, **values: Unpack[arguments.AudioUploadVoiceArgs]) -> AsyncByteStream[Voice]:
		return await self._astream("upload_voice", values)


class AsyncStreamingVideos(_Streaming, of=VideosResource):
	async def generate(self, **values: Unpack[arguments.VideosGenerateArgs]) -> AsyncByteStream[VideoJob | Video]:
		return await self._astream("generate", values)

	async def status(self, **values: Unpack[arguments.VideosStatusArgs]) -> AsyncByteStream[VideoStatus]:
		return await self._astream("status", values)

	async def result(self, **values: Unpack[arguments.VideosResultArgs]) -> AsyncByteStream[Video]:
		return await self._astream("result", values)


class AsyncStreaming:
	"""Answers as bytes that are still coming, to go through or to save in little memory."""

	def __init__(self, core: AsyncCore) -> None:
		self.images: AsyncStreamingImages = AsyncStreamingImages(core)
		self.audio: AsyncStreamingAudio = AsyncStreamingAudio(core)
		self.videos: AsyncStreamingVideos = AsyncStreamingVideos(core)
