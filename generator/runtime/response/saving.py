"""Files that appear whole or not at all."""

import contextlib
import os
from collections.abc import Callable, Generator
from io import FileIO
from pathlib import Path

from ..errors import ArgumentError, SaveError
from . import media_types

# Called with the bytes that are done, and their total if it is known.
Progress = Callable[[int, int | None], object]
StrPath = str | os.PathLike[str]

# Written in slices, so that other threads get their turn in a large file.
_SLICE = 256 * 1024
# What writev(2) takes at once on Linux, macOS and the BSDs (IOV_MAX).
_MOST_PIECES = 1024


def save(path: StrPath, content: bytes, media_type: str = "", on_progress: Progress | None = None) -> Path:
    """Write `content` to `path` and give the path that was written.

    A path without a suffix gets the one of `media_type`. The bytes go to a file beside the target, to the
    disk, and only then under its name. Raises ArgumentError for what names no file, and SaveError.
    """
    view = memoryview(content)
    with writing(path, media_type) as writer:
        for start in range(0, len(view), _SLICE):
            writer.write(view[start : start + _SLICE])
            if on_progress is not None:
                on_progress(writer.size, len(view))
        writer.finish()
    return writer.target


class Writer:
    """A file that is being written beside its target. Raises SaveError if the disk will not."""

    def __init__(self, file: FileIO, part: Path, target: Path) -> None:
        self.target = target
        self.size = 0
        self._file = file  # without a buffer, which would fail again on a full disk
        self._part = part

    def write(self, *pieces: bytes | memoryview) -> None:
        """Add to the end, all in one step: a thread waits at each for its turn."""
        done, size = 0, sum(map(len, pieces))
        with _explained(self.target):
            if hasattr(os, "writev") and 0 < len(pieces) <= _MOST_PIECES:
                done = os.writev(self._file.fileno(), pieces)
            if done < size:
                self._put(b"".join(pieces)[done:])
        self.size += size

    def _put(self, content: bytes) -> None:
        rest = memoryview(content)
        while rest:  # a disk that is full says so at the next byte
            rest = rest[self._file.write(rest) :]

    def read(self, size: int) -> bytes:
        """Give the first bytes back."""
        with _explained(self.target):
            self._file.seek(0)
            return self._file.read(size)

    def patch(self, content: bytes) -> None:
        """Write over the start, for a header that tells a length."""
        with _explained(self.target):
            self._file.seek(0)
            self._put(content)
            self._file.seek(0, os.SEEK_END)

    def cut(self, count: int) -> None:
        """Take bytes off the end."""
        if count:
            self.size -= count
            with _explained(self.target):
                self._file.truncate(self.size)

    def finish(self) -> None:
        """Put the whole on the disk, check its size, and give it the target's name."""
        with _explained(self.target):
            os.fsync(self._file.fileno())
            written = os.fstat(self._file.fileno()).st_size
            if written != self.size:
                raise OSError(None, f"{written} of {self.size} bytes are on the disk")
            self._file.close()
            self._part.replace(self.target)


@contextlib.contextmanager
def writing(path: StrPath, media_type: str = "") -> Generator[Writer]:
    """Open a file beside `path`; unless its `finish` is called, nothing of it stays."""
    with _explained(path):
        target = _target(path, media_type)
    part = target.with_name(f".{os.urandom(8).hex()}.part")
    try:
        with _explained(target):
            file = part.open("x+b", buffering=0)
        try:
            with _explained(target), contextlib.suppress(FileNotFoundError):
                part.chmod(target.stat().st_mode & 0o777)  # who may read what is replaced may read this
            yield Writer(file, part, target)
        finally:
            with contextlib.suppress(OSError):  # it would hide what was told of
                file.close()
    finally:
        # After the rename there is nothing to remove; after any failure there is.
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
        if one.exists() and not one.is_file():  # a device or a pipe, which a rename would remove
            raise ArgumentError(
                f"path: {str(one)!r} is no regular file", hint="Open it and write the content"
            )
    if not target.parent.is_dir():
        raise ArgumentError(f"path: there is no directory {str(target.parent)!r}")
    # A link keeps pointing where it did, and what it points to is replaced.
    return Path(os.path.realpath(target)) if target.is_symlink() else target
