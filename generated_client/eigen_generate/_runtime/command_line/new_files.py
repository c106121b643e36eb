"""Files that get a name which no file has. Several processes may choose names in one folder at a time."""

import glob
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import SaveError
from ..response.saving import StrPath

# The name of a folder is limited as that of a file is, usually to 255 bytes, and gets a random part.
_MAX_PREFIX = 40


def save_new(
    save_to: Callable[[StrPath], Path],
    name: str,
    suffix: str = "",
    folder: Path = Path(),
) -> Path:
    """Save to a new file of a folder, the current one by default, and return its path; raises SDKError.

    The file is called `name`, or `name-2` and so on if there is such a file, and has `suffix` or else the one
    that `save_to` chooses. It is written in a hidden folder first. So the name is taken only once the file
    is complete, and nothing stays behind if this process ends before.
    """
    try:
        # In the same folder, because a file cannot get a name on another disk without a copy.
        prefix = f".{name[:_MAX_PREFIX]}-"
        with tempfile.TemporaryDirectory(dir=folder, prefix=prefix, ignore_cleanup_errors=True) as hidden:
            complete_file = save_to(Path(hidden, f"{name}{suffix}"))
            return _take_name(complete_file, folder / name)
    except (SaveError, OSError) as error:
        # The hidden folder is no longer there, so the message does not name it.
        cause = error.__cause__ if isinstance(error, SaveError) else error
        reason = cause.strerror if isinstance(cause, OSError) else None
        raise SaveError(f"cannot write '{folder / name}{suffix}': {reason or cause or error}") from error


def _take_name(complete_file: Path, path: Path) -> Path:
    """Give a file the first name that no file has, and return it. Never replaces a file."""
    for candidate in _unused_paths(path):
        # The path has no suffix of its own, although there may be a dot in its name.
        target = candidate.with_name(candidate.name + complete_file.suffix)
        try:
            _move_to_new(complete_file, target)
        except FileExistsError:  # another process has taken the name since it was found unused
            continue
        return target
    raise AssertionError("the names never end")


def _unused_paths(path: Path) -> Iterator[Path]:
    """Yield paths that no file has, with or without a suffix."""
    count = 1
    while True:
        candidate = path if count == 1 else path.with_name(f"{path.name}-{count}")
        pattern = f"{glob.escape(candidate.name)}.*"
        if not os.path.lexists(candidate) and not any(candidate.parent.glob(pattern)):
            yield candidate
        count += 1


def _move_to_new(source: Path, target: Path) -> None:
    """Move a file to a name; raises FileExistsError if there is a file of that name.

    A rename would replace that file, but link(2) does not. Disks without links, such as FAT, need an empty
    file that takes the name first; it is there for a moment only.
    """
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            source.replace(target)
        except BaseException:
            target.unlink()
            raise
