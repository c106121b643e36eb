# By `python -m generator build`.
"""What methods return."""

from ._runtime.pointers import string_at, text_at
from ._runtime.results import Job, Media, Record, Text
from ._runtime.streams import AsyncEventStream, EventStream


class Image(Media):
	"""A picture, however the answer carried it."""


class Audio(Media):
	"""Spoken audio, as a file."""


class Video(Media):
	"""A film, as a file."""


class Transcription(Text):
	"""What was said."""


class VideoJob(Job):
	"""A film that is being made. Hand it to `videos.wait`."""

	@property
	def task_id(self) -> str:
		"""The id of the job."""
		return self.id

	@property
	def task_status(self) -> str | None:
		"""The string at `/task_status`, if there is one."""
		return string_at(self.data, "/task_status")


class VideoStatus(Record):
	"""How far a film is."""

	@property
	def status(self) -> str:
		"""What stands at `/status`."""
		return text_at(self.data, "/status")

	@property
	def error(self) -> str | None:
		"""The string at `/error`, if there is one."""
		return string_at(self.data, "/error")


class Voice(Record):
	"""A saved voice."""

	@property
	def voice_id(self) -> str:
		"""What stands at `/voice_id`."""
		return text_at(self.data, "/voice_id")


class AudioStream(EventStream):
	"""Spoken audio, chunk by chunk, as it is made."""


class AsyncAudioStream(AsyncEventStream):
	"""Spoken audio, chunk by chunk, as it is made."""
