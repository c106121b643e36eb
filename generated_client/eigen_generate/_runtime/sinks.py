import struct
from collections.abc import Iterable
from typing import NamedTuple

from .incoming import KEPT, Aside
from .results import Meta
from .saving import Progress, Writer


class AudioFormat(NamedTuple):
	sample_rate: int = 24000
	channels: int = 1


_LARGEST = 0xFFFFFFFF - 36


def wav(pcm: bytes, form: AudioFormat) -> bytes:
	pcm = pcm[: len(pcm) - len(pcm) % (2 * form.channels)]
	return header(len(pcm), form) + pcm


def header(size: int, form: AudioFormat) -> bytes:
	if size > _LARGEST:
		raise ValueError("a WAV file holds at most 4 GiB")
	frame = 2 * form.channels
	return struct.pack(
		"<4sI4s4sIHHIIHH4sI",
		b"RIFF",
		36 + size,
		b"WAVE",
		b"fmt ",
		16,
		1,
		form.channels,
		form.sample_rate,
		form.sample_rate * frame,
		frame,
		16,
		b"data",
		size,
	)


_BATCH = 1024 * 1024


class Sink:
	def __init__(
		self, writer: Writer, total: int | None, on_progress: Progress | None, *, bare: bool, waits: bool
	) -> None:
		self.taken: int = 0
		self._waits = waits
		self._writer = writer
		self._bare = bare
		self._total = total
		self._on_progress = on_progress
		self._batch: list[bytes] = []
		self._held = 0
		self._writing: Aside[None] | None = None
		if bare:
			writer.write(header(0, AudioFormat()))

	async def write(self, chunks: Iterable[bytes]) -> None:
		for chunk in chunks:
			self.taken += len(chunk)
			if self._on_progress is not None:
				self._on_progress(self.taken, self._total)
			if not self._waits:
				self._writer.write(chunk)
				continue
			self._batch.append(chunk)
			self._held += len(chunk)
			if self._held >= _BATCH:
				await self.settle()
				self._writing = Aside(self._writer.write, *self._batch)
				self._batch, self._held = [], 0

	async def settle(self) -> None:
		writing, self._writing = self._writing, None
		if writing is not None:
			await writing.end()

	def written(self) -> bytes:
		self._writer.write(*self._batch)
		return self._writer.read(KEPT)

	def finish(self, form: AudioFormat | None = None) -> None:
		self._writer.write(*self._batch)
		if self._bare and form is not None:
			frame = 2 * form.channels
			whole = self.taken - self.taken % frame
			self._writer.cut(self.taken - whole)
			self._writer.patch(header(whole, form))
		self._writer.finish()


def length_of(meta: Meta) -> int | None:
	length = meta.headers.get("content-length", "")
	return int(length) if length.isdecimal() and "content-encoding" not in meta.headers else None
