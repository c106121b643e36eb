# Built by `python -m generator build` from openapi.yaml: edits are lost.
"""Requests that are made and not sent: `client.prepare` has the methods of the client's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._runtime.base_core import BaseCore
from ._runtime.prepared import PreparedRequest
from ._runtime.resources import Preparing
from .resources.audio import AudioResource
from .resources.images import ImagesResource
from .resources.videos import VideosResource

if TYPE_CHECKING:
    from . import arguments


class PrepareImages(Preparing):
    """What the methods of `images` would send."""

    def generate(self, **values: Unpack[arguments.ImagesGenerateArguments]) -> PreparedRequest:
        """Draw a picture from a text prompt."""
        return self._prepare("generate", values)

    def edit(self, **values: Unpack[arguments.ImagesEditArguments]) -> PreparedRequest:
        """Transform a picture as an instruction says."""
        return self._prepare("edit", values)


class PrepareAudio(Preparing):
    """What the methods of `audio` would send."""

    def transcribe(self, **values: Unpack[arguments.AudioTranscribeArguments]) -> PreparedRequest:
        """Turn spoken audio into text."""
        return self._prepare("transcribe", values)

    def speak(self, **values: Unpack[arguments.AudioSpeakArguments]) -> PreparedRequest:
        """Speak a text."""
        return self._prepare("speak", values)

    def upload_voice(self, **values: Unpack[arguments.AudioUploadVoiceArguments]) -> PreparedRequest:
        """Save the voice of a recording for later use."""
        return self._prepare("upload_voice", values)


class PrepareVideos(Preparing):
    """What the methods of `videos` would send."""

    def generate(self, **values: Unpack[arguments.VideosGenerateArguments]) -> PreparedRequest:
        """Make a film from a prompt, from a picture, or from both."""
        return self._prepare("generate", values)

    def status(self, **values: Unpack[arguments.VideosStatusArguments]) -> PreparedRequest:
        """Ask how far a film is."""
        return self._prepare("status", values)

    def result(self, **values: Unpack[arguments.VideosResultArguments]) -> PreparedRequest:
        """Fetch a film that is made."""
        return self._prepare("result", values)


class Prepare:
    """What calls would send. Takes the arguments of the calls and raises their ArgumentErrors; sends nothing."""

    def __init__(self, core: BaseCore) -> None:
        self.images: PrepareImages = PrepareImages(ImagesResource, core)
        """Draw pictures and edit them."""
        self.audio: PrepareAudio = PrepareAudio(AudioResource, core)
        """Turn speech into text and text into speech."""
        self.videos: PrepareVideos = PrepareVideos(VideosResource, core)
        """Make short films and wait for them."""
