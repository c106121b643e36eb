"""Write files that appear complete or not at all."""

import contextlib
import os
from collections.abc import Callable, Generator
from io import FileIO
from pathlib import Path

from ..errors import ArgumentError, SaveError
from . import media_types

# Called with the number of bytes that are done, and their total or None if it is not known.
Progress = Callable[[int, int | None], object]
StrPath = str | os.PathLike[str]

# In bytes. Content is written in slices, so that `on_progress` is called often enough for a progress bar, and
# other threads run between them.
_SLICE_SIZE = 256 * 1024
# The number of buffers that writev(2) takes at once on Linux, macOS and the BSDs (IOV_MAX).
_MAX_VECTORS = 1024


def save(path: StrPath, content: bytes, media_type: str = "", on_progress: Progress | None = None) -> Path:
    """Write `content` to `path` and return the path that was written.

    A path without a suffix gets the one of `media_type`. The bytes go to a file beside the target and are
    flushed to the disk before the file gets the target's name. Raises ArgumentError for a path that does not
    name a file, and SaveError if the file cannot be written.
    """
    view = memoryview(content)
    with atomic_writer(path, media_type) as writer:
        for start in range(0, len(view), _SLICE_SIZE):
            writer.write(view[start : start + _SLICE_SIZE])
            if on_progress is not None:
                on_progress(writer.size, len(view))
        writer.finish()
    return writer.target


class Writer:
    """Writes a file beside its target. `size` is the number of bytes in it.

    Every method raises SaveError if the system refuses.
    """

    def __init__(self, file: FileIO, partial_path: Path, target: Path) -> None:
        self.target = target
        self.size = 0
        self._file = file  # without a buffer: it would be flushed on closing, and fail again on a full disk
        self._partial_path = partial_path

    def write(self, *pieces: bytes | memoryview) -> None:
        """Append the pieces, all in one system call: a thread waits for its turn at each call."""
        written, size = 0, sum(map(len, pieces))
        with _raising_save_error(self.target):
            if hasattr(os, "writev") and 0 < len(pieces) <= _MAX_VECTORS:  # there is no writev on Windows
                written = os.writev(self._file.fileno(), pieces)
            if written < size:
                self._write_all(b"".join(pieces)[written:])
        self.size += size

    def _write_all(self, content: bytes) -> None:
        # A full disk takes a part of the bytes first, and raises at the next write.
        remaining = memoryview(content)
        while remaining:
            remaining = remaining[self._file.write(remaining) :]

    def read_start(self, size: int) -> bytes:
        """Return the first `size` bytes."""
        with _raising_save_error(self.target):
            self._file.seek(0)
            return self._file.read(size)

    def overwrite_start(self, content: bytes) -> None:
        """Replace the first bytes, for a header that states a length."""
        with _raising_save_error(self.target):
            self._file.seek(0)
            self._write_all(content)
            self._file.seek(0, os.SEEK_END)

    def remove_end(self, count: int) -> None:
        """Remove the last `count` bytes."""
        if count:
            self.size -= count
            with _raising_save_error(self.target):
                self._file.truncate(self.size)

    def finish(self) -> None:
        """Flush everything to the disk, check the size, and give the file the target's name."""
        with _raising_save_error(self.target):
            os.fsync(self._file.fileno())
            written = os.fstat(self._file.fileno()).st_size
            if written != self.size:
                raise OSError(None, f"{written} of {self.size} bytes are on the disk")
            self._file.close()
            self._partial_path.replace(self.target)


@contextlib.contextmanager
def atomic_writer(path: StrPath, media_type: str = "") -> Generator[Writer]:
    """Open a file beside `path`, which is removed unless `Writer.finish` is called.

    Raises ArgumentError for a path that does not name a file, and SaveError if it cannot be opened.
    """
    with _raising_save_error(path):
        target = _check_target(path, media_type)
    # A random name of fixed length: one that is derived from a long target may exceed the system's limit.
    partial_path = target.with_name(f".{os.urandom(8).hex()}.part")
    try:
        with _raising_save_error(target):
            file = partial_path.open("x+b", buffering=0)
        try:
            # The new file is as private as the one that it replaces.
            with _raising_save_error(target), contextlib.suppress(FileNotFoundError):
                partial_path.chmod(target.stat().st_mode & 0o777)
            yield Writer(file, partial_path, target)
        finally:
            with contextlib.suppress(OSError):  # an error here would hide the first one
                file.close()
    finally:
        # After the rename there is nothing to remove; after any failure there is.
        with contextlib.suppress(OSError):
            partial_path.unlink()


@contextlib.contextmanager
def _raising_save_error(path: StrPath) -> Generator[None]:
    """Raise SaveError that names `path` in place of OSError."""
    try:
        yield
    except OSError as error:
        raise SaveError(f"cannot write {str(path)!r}: {error.strerror or error}") from error


def _check_target(path: StrPath, media_type: str) -> Path:
    """Return the path of the file to write, with a suffix; raises ArgumentError if no file can be there."""
    try:
        path_as_given = target = Path(path)
    except TypeError:
        raise ArgumentError(f"path: {type(path).__name__} is not a path") from None
    if "\0" in str(target) or not target.name:
        raise ArgumentError(f"path: {str(path)!r} does not name a file")
    if not target.suffix and media_type:
        target = target.with_name(target.name + media_types.usual_suffix(media_type))
    # Without its suffix the path may name a directory or a pipe that the caller meant.
    for candidate in (path_as_given, target):
        if candidate.is_dir():
            raise ArgumentError(f"path: {str(candidate)!r} is a directory")
        if candidate.exists() and not candidate.is_file():  # a device or a pipe, which a rename would remove
            raise ArgumentError(
                f"path: {str(candidate)!r} is not a regular file", hint="Open it and write the content"
            )
    if not target.parent.is_dir():
        raise ArgumentError(f"path: there is no directory {str(target.parent)!r}")
    # The file that a link points to is replaced, and not the link.
    return Path(os.path.realpath(target)) if target.is_symlink() else target
