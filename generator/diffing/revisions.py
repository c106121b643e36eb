"""Contracts that a command line names: files, and files of git revisions such as `main:openapi.yaml`."""

import subprocess
import tempfile
from pathlib import Path

from attrs import evolve

from ..errors import GeneratorError
from .diff import take_snapshot
from .recorder import Snapshot

LAST_RELEASE = "last"
"""Names the contract of the last tag of a version, such as `v1.2.3`."""
_VERSION_TAGS = "v[0-9]*"


def take_named_snapshot(name: str, *, keep_going: bool = False, is_strict: bool = False) -> Snapshot:
    """Return the snapshot of the contract in a file, or under `REVISION:PATH`.

    `keep_going` and `is_strict` are those of `build`. Raises GeneratorError, whose place is the name that was
    given.
    """
    path = Path(name)
    if ":" not in name or path.exists():
        return take_snapshot(path, keep_going=keep_going, is_strict=is_strict)
    with tempfile.TemporaryDirectory(prefix="generator-revision-") as folder:
        copy = Path(folder) / Path(name.partition(":")[2]).name
        copy.write_bytes(_read_revision(name))
        try:
            snapshot = take_snapshot(copy, keep_going=keep_going, is_strict=is_strict)
        except GeneratorError as error:
            # The copy is gone when a person reads the message.
            raise GeneratorError(str(error).replace(str(copy), name)) from error
    return evolve(snapshot, document=evolve(snapshot.document, path=path))


def take_release_snapshot(
    name: str, new: Path, *, keep_going: bool = False, is_strict: bool = False
) -> Snapshot | None:
    """Return the snapshot of the contract that callers have.

    Args:
        name: A file, `REVISION:PATH`, or `LAST_RELEASE` for the file `new` in the last tag of a version.
        new: The contract that is compared with it.
        keep_going: As in `build`.
        is_strict: As in `build`.

    Returns:
        The snapshot; None if `name` is `LAST_RELEASE`, and there is no such tag.
    """
    if name != LAST_RELEASE:
        return take_named_snapshot(name, keep_going=keep_going, is_strict=is_strict)
    tag = find_last_tag(new.resolve().parent)
    if tag is None:
        return None
    contract = f"{tag}:{_path_in_repository(new)}"
    return take_named_snapshot(contract, keep_going=keep_going, is_strict=is_strict)


def find_last_tag(folder: Path) -> str | None:
    """Return the last tag of a version before the commit that is checked out; None if there is none yet."""
    finished = _run_git("describe", "--tags", "--abbrev=0", "--match", _VERSION_TAGS, folder=folder)
    return None if finished.returncode else finished.stdout.decode().strip()


def _path_in_repository(path: Path) -> str:
    finished = _run_git("rev-parse", "--show-prefix", folder=path.resolve().parent)
    return finished.stdout.decode().strip() + path.name


def _read_revision(name: str) -> bytes:
    """Return the bytes of a file of a revision. Raises GeneratorError if there is no such file."""
    hint = "name a file, or REVISION:PATH with the path from the root of the repository"
    if name.startswith("-"):  # git would read it as an option
        raise GeneratorError("is not a revision", where=name, hint=hint)
    finished = _run_git("cat-file", "blob", name)
    if finished.returncode:
        raise GeneratorError("is neither a file nor a file of a git revision", where=name, hint=hint)
    return finished.stdout


def _run_git(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise GeneratorError("git is not installed", hint="name files in place of revisions") from error
