# Built by `python -m generator build` from openapi.yaml: edits are lost.
"""Answers as bytes that are still coming: `client.streaming` has the methods of the client's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._runtime.byte_streams import AsyncByteStream, ByteStream
from ._runtime.resources import Streaming as _Streaming
from .resources.audio import AsyncAudioResource, AudioResource
from .resources.images import AsyncImagesResource, ImagesResource
from .resources.videos import AsyncVideosResource, VideosResource

if TYPE_CHECKING:
    from . import arguments
    from ._runtime.core import Core
    from ._runtime.core_async import AsyncCore
    from .results import Audio, Image, Transcription, Video, VideoJob, VideoStatus, Voice


class StreamingImages(_Streaming):
    """The methods of `images`, their answers as streams."""

    def generate(self, **values: Unpack[arguments.ImagesGenerateArguments]) -> ByteStream[Image]:
        """Draw a picture from a text prompt."""
        return self._stream("generate", values)

    def edit(self, **values: Unpack[arguments.ImagesEditArguments]) -> ByteStream[Image]:
        """Transform a picture as an instruction says."""
        return self._stream("edit", values)


class StreamingAudio(_Streaming):
    """The methods of `audio`, their answers as streams."""

    def transcribe(self, **values: Unpack[arguments.AudioTranscribeArguments]) -> ByteStream[Transcription]:
        """Turn spoken audio into text."""
        return self._stream("transcribe", values)

    def speak(self, **values: Unpack[arguments.AudioSpeakArguments]) -> ByteStream[Audio]:
        """Speak a text."""
        return self._stream("speak", values)

    def upload_voice(self, **values: Unpack[arguments.AudioUploadVoiceArguments]) -> ByteStream[Voice]:
        """Save the voice of a recording for later use."""
        return self._stream("upload_voice", values)


class StreamingVideos(_Streaming):
    """The methods of `videos`, their answers as streams."""

    def generate(self, **values: Unpack[arguments.VideosGenerateArguments]) -> ByteStream[VideoJob | Video]:
        """Make a film from a prompt, from a picture, or from both."""
        return self._stream("generate", values)

    def status(self, **values: Unpack[arguments.VideosStatusArguments]) -> ByteStream[VideoStatus]:
        """Ask how far a film is."""
        return self._stream("status", values)

    def result(self, **values: Unpack[arguments.VideosResultArguments]) -> ByteStream[Video]:
        """Fetch a film that is made."""
        return self._stream("result", values)


class Streaming:
    """Answers as bytes that are still coming, to go through or to save in little memory."""

    def __init__(self, core: Core) -> None:
        self.images: StreamingImages = StreamingImages(ImagesResource, core)
        """Draw pictures and edit them."""
        self.audio: StreamingAudio = StreamingAudio(AudioResource, core)
        """Turn speech into text and text into speech."""
        self.videos: StreamingVideos = StreamingVideos(VideosResource, core)
        """Make short films and wait for them."""


class AsyncStreamingImages(_Streaming):
    """The methods of `images`, their answers as streams."""

    async def generate(self, **values: Unpack[arguments.ImagesGenerateArguments]) -> AsyncByteStream[Image]:
        return await self._astream("generate", values)

    async def edit(self, **values: Unpack[arguments.ImagesEditArguments]) -> AsyncByteStream[Image]:
        return await self._astream("edit", values)


class AsyncStreamingAudio(_Streaming):
    """The methods of `audio`, their answers as streams."""

    async def transcribe(
        self, **values: Unpack[arguments.AudioTranscribeArguments]
    ) -> AsyncByteStream[Transcription]:
        return await self._astream("transcribe", values)

    async def speak(self, **values: Unpack[arguments.AudioSpeakArguments]) -> AsyncByteStream[Audio]:
        return await self._astream("speak", values)

    async def upload_voice(
        self, **values: Unpack[arguments.AudioUploadVoiceArguments]
    ) -> AsyncByteStream[Voice]:
        return await self._astream("upload_voice", values)


class AsyncStreamingVideos(_Streaming):
    """The methods of `videos`, their answers as streams."""

    async def generate(
        self, **values: Unpack[arguments.VideosGenerateArguments]
    ) -> AsyncByteStream[VideoJob | Video]:
        return await self._astream("generate", values)

    async def status(self, **values: Unpack[arguments.VideosStatusArguments]) -> AsyncByteStream[VideoStatus]:
        return await self._astream("status", values)

    async def result(self, **values: Unpack[arguments.VideosResultArguments]) -> AsyncByteStream[Video]:
        return await self._astream("result", values)


class AsyncStreaming:
    """Answers as bytes that are still coming, to go through or to save in little memory."""

    def __init__(self, core: AsyncCore) -> None:
        self.images: AsyncStreamingImages = AsyncStreamingImages(AsyncImagesResource, core)
        """Draw pictures and edit them."""
        self.audio: AsyncStreamingAudio = AsyncStreamingAudio(AsyncAudioResource, core)
        """Turn speech into text and text into speech."""
        self.videos: AsyncStreamingVideos = AsyncStreamingVideos(AsyncVideosResource, core)
        """Make short films and wait for them."""
