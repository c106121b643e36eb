import contextlib
import os
from collections.abc import Callable, Generator
from io import FileIO
from pathlib import Path

from . import media_types
from .errors import ArgumentError, SaveError

Progress = Callable[[int, int | None], object]
StrPath = str | os.PathLike[str]

_SLICE = 256 * 1024
_MOST_PIECES = 1024


def save(path: StrPath, content: bytes, media_type: str = "", on_progress: Progress | None = None) -> Path:
	view = memoryview(content)
	with writing(path, media_type) as writer:
		for start in range(0, len(view), _SLICE):
			writer.write(view[start : start + _SLICE])
			if on_progress is not None:
				on_progress(writer.size, len(view))
		writer.finish()
	return writer.target


class Writer:
	def __init__(self, file: FileIO, part: Path, target: Path) -> None:
		self.target = target
		self.size = 0
		self._file = file
		self._part = part

	def write(self, *pieces: bytes | memoryview) -> None:
		done, size = 0, sum(map(len, pieces))
		with _explained(self.target):
			if hasattr(os, "writev") and 0 < len(pieces) <= _MOST_PIECES:
				done = os.writev(self._file.fileno(), pieces)
			if done < size:
				self._put(b"".join(pieces)[done:])
		self.size += size

	def _put(self, content: bytes) -> None:
		rest = memoryview(content)
		while rest:
			rest = rest[self._file.write(rest) :]

	def read(self, size: int) -> bytes:
		with _explained(self.target):
			self._file.seek(0)
			return self._file.read(size)

	def patch(self, content: bytes) -> None:
		with _explained(self.target):
			self._file.seek(0)
			self._put(content)
			self._file.seek(0, os.SEEK_END)

	def cut(self, count: int) -> None:
		if count:
			self.size -= count
			with _explained(self.target):
				self._file.truncate(self.size)

	def finish(self) -> None:
		with _explained(self.target):
			os.fsync(self._file.fileno())
			written = os.fstat(self._file.fileno()).st_size
			if written != self.size:
				raise OSError(None, f"{written} of {self.size} bytes are on the disk")
			self._file.close()
			self._part.replace(self.target)


@contextlib.contextmanager
def writing(path: StrPath, media_type: str = "") -> Generator[Writer]:
	with _explained(path):
		target = _target(path, media_type)
	part = target.with_name(f".{os.urandom(8).hex()}.part")
	try:
		with _explained(target):
			file = part.open("x+b", buffering=0)
		try:
			with _explained(target), contextlib.suppress(FileNotFoundError):
				part.chmod(target.stat().st_mode & 0o777)
			yield Writer(file, part, target)
		finally:
			with contextlib.suppress(OSError):
				file.close()
	finally:
		with contextlib.suppress(OSError):
			part.unlink()


@contextlib.contextmanager
def _explained(path: StrPath) -> Generator[None]:
	try:
		yield
	except OSError as error:
		raise SaveError(f"cannot write {str(path)!r}: {error.strerror or error}") from error


def _target(path: StrPath, media_type: str) -> Path:
	try:
		given = target = Path(path)
	except TypeError:
		raise ArgumentError(f"path: {type(path).__name__} is not a path") from None
	if "\0" in str(target) or not target.name:
		raise ArgumentError(f"path: {str(path)!r} does not name a file")
	if not target.suffix and media_type:
		target = target.with_name(target.name + media_types.suffix(media_type))
	for one in (given, target):
		if one.is_dir():
			raise ArgumentError(f"path: {str(one)!r} is a directory")
		if one.exists() and not one.is_file():
			raise ArgumentError(f"path: {str(one)!r} is no regular file", hint="Open it and write the content")
	if not target.parent.is_dir():
		raise ArgumentError(f"path: there is no directory {str(target.parent)!r}")
	return Path(os.path.realpath(target)) if target.is_symlink() else target
