# By `python -m generator build`.
"""Turn speech into text and text into speech."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, Unpack, overload

from .._plans import generate as _generate
from .._plans import upload_voice as _upload_voice
from .._runtime.resources import AsyncResource, Resource
from .._runtime.unset import UNSET

if TYPE_CHECKING:
	from .. import arguments
	from .._runtime.files import FileInput
	from .._runtime.options import Seconds
	from ..models import Sampling, VoiceSettings
	from ..results import AsyncAudioStream, Audio, AudioStream, Transcription, Voice


class AudioResource(Resource):
	"""Turn speech into text and text into speech."""

	def transcribe(
		self,
		*,
		model: str,
		file: FileInput,
		language: str | None = None,
		response_format: str | None = None,
		task: str | None = None,
		s3_output_path: str | None = None,
		extra: Mapping[str, object] | None = None,
		timeout: Seconds = UNSET,
		retry_unknown: bool | None = None,
	) -> Transcription:
		"""Turn spoken audio into text.

		POST /api/v1/generate. Raises EigenGenerateError.

		Args:
		    model: The model that does the work. For example "whisper_v3_turbo", "higgs_asr_3".
		    file: The recording, as MP3, WAV, M4A, OGG or WebM.
		    language: The language that is spoken, as a code or, for some models, as its English name.
		        For example "en", "English".
		    response_format: The form of the answer, `json` or `text`.
		    task: `asr` to write down what was said, `ast` to translate it. Evidence: observed.
		    s3_output_path: Where the service should store the output, as a path or a bucket.
		    extra: Further members, sent as they are.
		    timeout: In seconds, 120 by default; None waits for ever.
		    retry_unknown: Repeat also what may have been billed.
		"""
		return self._send(_generate.AUDIO_TRANSCRIBE, locals())

	@overload
	def speak(
		self, *, stream: Literal[False] | None = None, **others: Unpack[arguments.AudioSpeakArgsRest]
	) -> Audio: ...

	@overload
	def speak(self, *, stream: Literal[True], **others: Unpack[arguments.AudioSpeakArgsRest]) -> AudioStream: ...

	@overload
	def speak(
		self, *, stream: bool | None = None, **others: Unpack[arguments.AudioSpeakArgsRest]
	) -> Audio | AudioStream: ...

	def speak(
		self,
		*,
		model: str,
		text: str,
		voice: str | None = None,
		voice_id: str | None = None,
		voice_name: str | None = None,
		voice_url: str | None = None,
		voice_settings: VoiceSettings | Mapping[str, Any] | None = None,
		sampling: Sampling | Mapping[str, Any] | str | None = None,
		stream: bool | None = None,
		language_id: str | None = None,
		language: str | None = None,
		exaggeration: float | None = None,
		temperature: float | None = None,
		diffusion_steps: float | None = None,
		seed: float | None = None,
		instructions: str | None = None,
		response_format: str | None = None,
		s3_output_path: str | None = None,
		voice_reference_file: FileInput | None = None,
		audio_prompt_file: FileInput | None = None,
		extra: Mapping[str, object] | None = None,
		timeout: Seconds = UNSET,
		retry_unknown: bool | None = None,
	) -> Audio | AudioStream:
		"""Speak a text.

		POST /api/v1/generate. Raises EigenGenerateError.

		Args:
		    model: The model that does the work. For example "higgs2p5", "chatterbox", "qwen3-tts".
		    text: What to say.
		    voice: Name of a preset voice. For example "Linda", "Jack".
		    voice_id: Id of a saved voice, for cloning.
		    voice_name: Name of a saved voice.
		    voice_url: Where a sample of the voice to imitate is.
		    voice_settings: Settings of the voice.
		    sampling: Controls of the sampling, as an object or as the same object in JSON text.
		    stream: Answer with events that carry the audio while it is made. The default is from newer
		        pages. Default: false.
		    language_id: The language to speak. The default is from newer pages. Default: "en".
		    language: The language to speak, as a name, or `Auto`. For example "English". Evidence:
		        docs.
		    exaggeration: How expressive the speech is. The default is from newer pages. Default: 0.5.
		    temperature: How much chance there is in the speech. The default is from newer pages.
		        Default: 0.8.
		    diffusion_steps: Number of diffusion steps. The default is from newer pages. Default: 5.
		    seed: The same seed gives the same audio. Evidence: docs.
		    instructions: In what manner to speak. Evidence: docs.
		    response_format: Format of the audio, one of `wav`, `pcm`, `mp3`, `flac`, `aac` and `opus`.
		        Default: "wav". Evidence: docs.
		    s3_output_path: Where the service should store the output, as a path or a bucket.
		    voice_reference_file: A recording of the voice to imitate. Evidence: docs.
		    audio_prompt_file: A recording of the voice to imitate, under the name that some models use.
		        Evidence: docs.
		    extra: Further members, sent as they are.
		    timeout: In seconds, 120 by default; None waits for ever.
		    retry_unknown: Repeat also what may have been billed.
		"""
		if stream:
			return self._open(_generate.AUDIO_SPEAK_STREAM, locals())
		return self._send(_generate.AUDIO_SPEAK, locals())

	def upload_voice(
		self,
		*,
		model: str,
		voice_reference_file: FileInput,
		extra: Mapping[str, object] | None = None,
		timeout: Seconds = UNSET,
		retry_unknown: bool | None = None,
	) -> Voice:
		"""Save the voice of a recording for later use.

		POST /api/v1/generate/upload. Raises EigenGenerateError.

		Args:
		    model: The model that will use the voice. For example "higgs2p5". Evidence: docs.
		    voice_reference_file: The recording. Evidence: docs.
		    extra: Further members, sent as they are.
		    timeout: In seconds, 120 by default; None waits for ever.
		    retry_unknown: Repeat also what may have been billed.
		"""
		return self._send(_upload_voice.AUDIO_UPLOAD_VOICE, locals())


class AsyncAudioResource(AsyncResource, of=AudioResource):
	async def transcribe(self, **values: Unpack[arguments.AudioTranscribeArgs]) -> Transcription:
		"""Turn spoken audio into text."""
		return await self._call("transcribe", values)

	@overload
	async def speak(
		self, *, stream: Literal[False] | None = None, **others: Unpack[arguments.AudioSpeakArgsRest]
	) -> Audio: ...

	@overload
	async def speak(
		self, *, stream: Literal[True], **others: Unpack[arguments.AudioSpeakArgsRest]
	) -> AsyncAudioStream: ...

	@overload
	async def speak(
		self, *, stream: bool | None = None, **others: Unpack[arguments.AudioSpeakArgsRest]
	) -> Audio | AsyncAudioStream: ...

	async def speak(self, **values: Unpack[arguments.AudioSpeakArgs]) -> Audio | AsyncAudioStream:
		"""Speak a text."""
		return await self._call("speak", values)

	async def upload_voice(self, **values: Unpack[arguments.AudioUploadVoiceArgs]) -> Voice:
		"""Save the voice of a recording for later use."""
		return await self._call("upload_voice", values)
