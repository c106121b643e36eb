"""Puts a tape on disk so that a kill at any instant leaves the old tape or the new one.

Files of bodies are written first, under names that carry their hash, so none replaces one that the manifest
on disk names. The manifest then replaces the old one in one step. Only after that is removed what no manifest
names any more. What a kill leaves behind, the next writing removes.
"""

import os
import sys
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from eigen_contract.errors import CannotJudgeError
from eigen_contract.tape import migration
from eigen_contract.tape.bodies import FOLDER, digest
from eigen_contract.tape.locking import locked
from eigen_contract.tape.manifest import MANIFEST

PARTIAL = ".partial"
"""Suffix of a file that is being written."""


def write_tape(folder: Path, manifest: str, files: Mapping[str, bytes]) -> None:
    """Write a tape in place of the one in the folder.

    Args:
        files: bodies by the names of their files.

    Raises:
        CannotJudgeError: the folder cannot be written to; the old tape is still there then.
    """
    bodies = folder / FOLDER
    try:
        bodies.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            if not is_there(bodies / name, data):
                replace_file(bodies / name, data)
        replace_file(folder / MANIFEST, manifest.encode())
        remove_stale(folder, files)
    except OSError as error:
        raise CannotJudgeError(
            f"cannot write the tape {folder}: {error.strerror}; the tape that was there still is"
        ) from error


def is_there(path: Path, data: bytes) -> bool:
    """Say whether a file holds these bytes already; it may have been cut short by a full disk."""
    try:
        return path.stat().st_size == len(data) and digest(path.read_bytes()) == digest(data)
    except OSError:
        return False


def replace_file(path: Path, data: bytes) -> None:
    """Write a file in one step, and wait until the disk has it."""
    partial = path.with_name(f".{path.name}{PARTIAL}")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names of a folder. Windows has no way to do that."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_stale(folder: Path, files: Mapping[str, bytes]) -> None:
    """Remove bodies that no manifest names, files that were being written, and a tape of format 1."""
    for path in (folder / FOLDER).iterdir():
        if path.is_file() and path.name not in files:
            path.unlink()
    (folder / f".{MANIFEST}{PARTIAL}").unlink(missing_ok=True)
    old = folder / migration.MANIFEST
    if old.is_file():
        # The manifest goes last, for it is what names the others.
        for name in migration.named_files(old.read_text("utf-8", "replace")) - {migration.MANIFEST}:
            (folder / name).unlink(missing_ok=True)
        old.unlink()


@contextmanager
def exclusive(folder: Path) -> Generator[None]:
    """Keep other recordings from a folder for as long as this one goes on.

    The lock is the kernel's and ends with the process, however it ends.

    Raises:
        CannotJudgeError: another recording has it, or there is no such folder.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(folder, waits=False))
        except BlockingIOError as error:
            raise CannotJudgeError(
                f"another recording writes into {folder}; wait until it ends, or name another folder"
            ) from error
        except OSError as error:
            raise CannotJudgeError(f"cannot read the tape {folder}: {error.strerror}") from error
        yield
