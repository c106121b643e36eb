import zlib
from collections.abc import Iterable, Iterator, Mapping

from .plan import Plan
from .retries import Fault

_STEP = 256 * 1024
_HARMLESS = 16 * 1024 * 1024
_OURS = frozenset({"gzip", "x-gzip", "deflate"})
_DEEPEST = 2


class Guard(Plan):
	max_size: int | None = None
	max_ratio: float | None = 100.0


def codings(headers: Mapping[str, str]) -> list[str]:
	declared = headers.get("content-encoding")
	if declared is None:
		return []
	return [name for name in map(str.strip, declared.lower().split(",")) if name not in ("", "identity")]


def is_foreign(headers: Mapping[str, str]) -> bool:
	return not _are_ours(codings(headers))


def _are_ours(names: list[str]) -> bool:
	return len(names) <= _DEEPEST and _OURS.issuperset(names)


class Intake:
	def __init__(self, headers: Mapping[str, str], guard: Guard) -> None:
		names = codings(headers)
		self._stages = [_Decompressor(name) for name in reversed(names)] if _are_ours(names) else []
		self._guard = guard
		self.plain = not self._stages and guard.max_size is None
		self.taken = self.given = 0
		if guard.max_size is not None:
			length = headers.get("content-length", "")
			if length.isdecimal() and int(length) > guard.max_size:
				self._refuse(f"it announces {length} bytes")

	def take(self, data: bytes) -> Iterator[bytes]:
		self.taken += len(data)
		pieces = iter((data,))
		for stage in self._stages:
			pieces = self._inflate(stage, pieces)
		return map(self._count, pieces)

	def end(self) -> None:
		if self.taken and not all(stage.whole for stage in self._stages):
			raise Fault("broken off", "the connection broke (the compressed answer is cut short)")

	def _count(self, content: bytes) -> bytes:
		self.given += len(content)
		if self._guard.max_size is not None and self.given > self._guard.max_size:
			self._refuse("more came")
		return content

	def _inflate(self, stage: "_Decompressor", pieces: Iterable[bytes]) -> Iterator[bytes]:
		ratio = self._guard.max_ratio
		try:
			for piece in pieces:
				for content in stage.feed(piece):
					stage.given += len(content)
					if ratio is not None and stage.given > max(_HARMLESS, ratio * self.taken):
						reason = f"the answer unpacks to more than {ratio:g} times what was transferred"
						raise Fault("too large", reason)
					yield content
		except zlib.error as error:
			raise Fault("not decodable", f"the answer's content encoding is broken ({error})") from error

	def _refuse(self, why: str) -> None:
		raise Fault("too large", f"the answer is larger than max_response_size={self._guard.max_size}: {why}")


class _Decompressor:
	def __init__(self, encoding: str) -> None:
		self._gzip = encoding != "deflate"
		self._stream = zlib.decompressobj(31 if self._gzip else 15)
		self._first = not self._gzip
		self.given = 0

	@property
	def whole(self) -> bool:
		return self._stream.eof

	def feed(self, data: bytes) -> Iterator[bytes]:
		while True:
			if self._stream.eof:
				data = data.lstrip(b"\0")
				self._gzip = self._gzip and data[:1] in (b"", b"\x1f")
				if not self._gzip or not data:
					return
				self._stream = zlib.decompressobj(31)
			content = self._step(data)
			if content:
				yield content
			data = self._stream.unconsumed_tail or self._stream.unused_data
			if not data and len(content) < _STEP:
				return

	def _step(self, data: bytes) -> bytes:
		first, self._first = self._first, False
		try:
			return self._stream.decompress(data, _STEP)
		except zlib.error:
			if not first:
				raise
			self._stream = zlib.decompressobj(-15)
			return self._stream.decompress(data, _STEP)
