# By `python -m generator build`.
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


class PrepareImages(Preparing, of=ImagesResource):
	def generate(self, **values: Unpack[arguments.ImagesGenerateArgs]) -> PreparedRequest:
		return self._prepare("generate", values)

	def edit(self, **values: Unpack[arguments.ImagesEditArgs]) -> PreparedRequest:
		return self._prepare("edit", values)


class PrepareAudio(Preparing, of=AudioResource):
	def transcribe(self, **values: Unpack[arguments.AudioTranscribeArgs]) -> PreparedRequest:
		return self._prepare("transcribe", values)

	def speak(self, **values: Unpack[arguments.AudioSpeakArgs]) -> PreparedRequest:
		return self._prepare("speak", values)

	def upload_voice(self, **values: Unpack[arguments.AudioUploadVoiceArgs]) -> PreparedRequest:
		return self._prepare("upload_voice", values)


class PrepareVideos(Preparing, of=VideosResource):
	def generate(self, **values: Unpack[arguments.VideosGenerateArgs]) -> PreparedRequest:
		return self._prepare("generate", values)

	def status(self, **values: Unpack[arguments.VideosStatusArgs]) -> PreparedRequest:
		return self._prepare("status", values)

	def result(self, **values: Unpack[arguments.VideosResultArgs]) -> PreparedRequest:
		return self._prepare("result", values)


class Prepare:
	"""What calls would send. Takes the arguments of the calls and raises their ArgumentErrors; sends nothing."""

	def __init__(self, core: BaseCore) -> None:
		self.images: PrepareImages = PrepareImages(core)
		self.audio: PrepareAudio = PrepareAudio(core)
		self.videos: PrepareVideos = PrepareVideos(core)
