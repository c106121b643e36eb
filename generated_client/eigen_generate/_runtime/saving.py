"""Files that appear whole or not at all."""

import contextlib
import os
import secrets
from pathlib import Path

from . import media_types
from .errors import ArgumentError

# Written in slices, so that other threads get their turn in a large file.
_SLICE = 256 * 1024


def save(path: str | os.PathLike[str], content: bytes, media_type: str = "") -> Path:
    """Write `content` to `path` and give the path that was written.

    A path without a suffix gets the one of `media_type`. The bytes go to a file beside the target, to the
    disk, and only then under its name. Raises ArgumentError if the folder is missing or not writable.
    """
    target = _target(path, media_type)
    part = target.with_name(f".{target.name[:80]}.{secrets.token_hex(6)}.part")
    try:
        _write(part, content)
        part.replace(target)
    except OSError as error:
        raise ArgumentError(f"path: cannot write {str(target)!r}: {error.strerror or error}") from error
    finally:
        # After the rename there is nothing to remove; after any failure there is.
        with contextlib.suppress(OSError):
            part.unlink()
    return target


def _target(path: str | os.PathLike[str], media_type: str) -> Path:
    try:
        target = Path(path)
    except TypeError:
        raise ArgumentError(f"path: {type(path).__name__} is not a path") from None
    if "\0" in str(target) or not target.name:
        raise ArgumentError(f"path: {str(path)!r} does not name a file")
    if target.is_dir():
        raise ArgumentError(f"path: {str(target)!r} is a directory")
    if not target.suffix and media_type:
        target = target.with_name(target.name + media_types.suffix(media_type))
        if target.is_dir():
            raise ArgumentError(f"path: {str(target)!r} is a directory")
    if not target.parent.is_dir():
        raise ArgumentError(f"path: there is no directory {str(target.parent)!r}")
    # A link keeps pointing where it did, and what it points to is replaced.
    return Path(os.path.realpath(target)) if target.is_symlink() else target


def _write(path: Path, content: bytes) -> None:
    view = memoryview(content)
    with path.open("xb") as file:
        for start in range(0, len(view), _SLICE):
            file.write(view[start : start + _SLICE])
        file.flush()
        os.fsync(file.fileno())
