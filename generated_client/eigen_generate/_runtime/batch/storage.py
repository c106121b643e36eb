"""Where the files of results go: a folder, or anything that fsspec reaches. None replaces another one."""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from ..errors import SaveError
from ..response import media_types
from ..response.saving import save
from .errors import BatchError
from .optional import import_optional

# Names that are the same on every disk: Windows and macOS take `A` for `a`.
_SAFE_NAME = re.compile(r"[a-z0-9_][a-z0-9._-]{0,99}(?<!\.)")
_RESERVED_NAMES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # of Windows
# Stores of objects show a file once it is complete; on other disks it needs a rename for that.
_OBJECT_STORES = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "memory"}
# Bodies of answers that hold no result are kept here, so that they are not taken for results.
_UNREADABLE = "unreadable"
# In bytes: free space below which nothing is sent. The journal needs some of it.
_LEAST_FREE = 8 << 20


class SavedFile(NamedTuple):
    """A file that was saved; `problem` says why it is not where it should be."""

    path: str
    sha256: str
    size: int
    problem: str | None = None


class Storage(Protocol):
    """Where files go. Its methods block, and any thread may call them."""

    def save(self, row_id: str, content: bytes, media_type: str) -> SavedFile:
        """Save the result of a row; raises SaveError."""
        ...

    def keep_unreadable(self, row_id: str, content: bytes, media_type: str) -> SavedFile:
        """Save an answer that holds no result, apart from results; raises SaveError."""
        ...

    def find(self, row_ids: Collection[str]) -> Mapping[str, SavedFile]:
        """Return the complete results that rows have, by the id of the row."""
        ...

    def problem(self, running: int) -> str | None:
        """Return why no more should be sent: the results of `running` rows might find no place."""
        ...


def open_storage(folder: Path, url: str | None) -> Storage:
    """Return the place for the results of the batch in `folder`; raises BatchError."""
    if url is None:
        return FolderStorage(folder / "results", "results")
    try:
        files, path = import_optional("fsspec.core", "dask").url_to_fs(url)
    except ImportError as error:  # each kind of place has a package of its own
        raise BatchError(f"results: {url} cannot be used: {error}") from None
    except ValueError as error:
        raise BatchError(f"results: {url} cannot be used: {error}") from None
    if "file" in files.protocol:
        return FolderStorage(Path(path), path)
    return UrlStorage(files, path, url.rstrip("/"))


def file_name(row_id: str) -> str:
    """Return the name of a row's file, without a suffix; no two ids have the same on any disk."""
    if _SAFE_NAME.fullmatch(row_id) and not _RESERVED_NAMES.fullmatch(row_id):
        return row_id
    readable = re.sub(r"[^A-Za-z0-9_-]+", "-", row_id)[:60].strip("-")
    return f"{readable or 'row'}-{hashlib.sha256(row_id.encode(errors='surrogatepass')).hexdigest()[:12]}"


def _suffix(media_type: str) -> str:
    return media_types.usual_suffix(media_type) or ".bin"


class FolderStorage:
    """A folder of this machine. `shown` is how results name it."""

    def __init__(self, folder: Path, shown: str) -> None:
        self._folder = folder
        self._shown = shown
        self._largest = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BatchError(f"{folder}: cannot be made: {error.strerror}") from error

    def remove_unfinished(self) -> None:
        """Remove what a killed run has left of unfinished files. No other run may be at work."""
        for partial_file in self._folder.glob(".*.part"):
            partial_file.unlink()

    def save(self, row_id: str, content: bytes, media_type: str) -> SavedFile:
        """See Storage. If the folder cannot be written, the file goes to the folder for temporary files."""
        self._largest = max(self._largest, len(content))
        return _save_new(self._folder, self._shown, f"{file_name(row_id)}", content, media_type)

    def keep_unreadable(self, row_id: str, content: bytes, media_type: str) -> SavedFile:
        """See Storage."""
        folder = self._folder / _UNREADABLE
        folder.mkdir(exist_ok=True)
        return _save_new(folder, f"{self._shown}/{_UNREADABLE}", file_name(row_id), content, media_type)

    def find(self, row_ids: Collection[str]) -> Mapping[str, SavedFile]:
        """See Storage."""
        if not row_ids:
            return {}
        ids_by_name = {file_name(row_id): row_id for row_id in row_ids}
        found: dict[str, SavedFile] = {}
        for path in self._folder.iterdir():
            row_id = ids_by_name.get(path.name.removesuffix(path.suffix))
            if row_id is not None and path.is_file():
                content = path.read_bytes()
                found[row_id] = SavedFile(
                    f"{self._shown}/{path.name}", hashlib.sha256(content).hexdigest(), len(content)
                )
        return found

    def problem(self, running: int) -> str | None:
        """See Storage."""
        needed = _LEAST_FREE + (running + 1) * self._largest
        free = shutil.disk_usage(self._folder).free
        if free >= needed:
            return None
        return f"{self._folder}: the disk is nearly full: {free >> 20} of {needed >> 20} MiB are free"


def _save_new(folder: Path, shown: str, name: str, content: bytes, media_type: str) -> SavedFile:
    """Save a file under a name that no file has. A run has the folder alone, and a row one task."""
    digest, suffix = hashlib.sha256(content).hexdigest(), _suffix(media_type)
    path, count = folder / f"{name}{suffix}", 1
    while path.exists():
        count += 1
        path = folder / f"{name}-{count}{suffix}"
    try:
        save(path, content)
    except SaveError as error:
        rescued = save(Path(tempfile.mkdtemp(prefix="batch-rescued-"), path.name), content)
        return SavedFile(str(rescued), digest, len(content), str(error))
    return SavedFile(f"{shown}/{path.name}", digest, len(content))


class UrlStorage:
    """A place that fsspec reaches, such as `s3://bucket/folder`. `files` is its file system, of fsspec."""

    def __init__(self, files: Any, folder: str, url: str) -> None:
        self._files = files
        self._folder = folder
        self._url = url
        self._is_object_store = not _OBJECT_STORES.isdisjoint(
            [files.protocol] if isinstance(files.protocol, str) else files.protocol
        )

    def save(self, row_id: str, content: bytes, media_type: str) -> SavedFile:
        """See Storage."""
        return self._save_new("", file_name(row_id), content, media_type)

    def keep_unreadable(self, row_id: str, content: bytes, media_type: str) -> SavedFile:
        """See Storage."""
        return self._save_new(f"/{_UNREADABLE}", file_name(row_id), content, media_type)

    def _save_new(self, subfolder: str, name: str, content: bytes, media_type: str) -> SavedFile:
        suffix, folder = _suffix(media_type), f"{self._folder}{subfolder}"
        path, count = f"{folder}/{name}{suffix}", 1
        try:
            while self._files.exists(path):
                count += 1
                path = f"{folder}/{name}-{count}{suffix}"
            self._files.makedirs(folder, exist_ok=True)
            if self._is_object_store:
                self._files.pipe_file(path, content)
            else:
                self._files.pipe_file(f"{path}.part", content)
                self._files.mv(f"{path}.part", path)
        except Exception as error:  # each file system has errors of its own
            raise SaveError(f"cannot write {path}: {error}") from error
        url = f"{self._url}{subfolder}/{path.rpartition('/')[2]}"
        return SavedFile(url, hashlib.sha256(content).hexdigest(), len(content))

    def find(self, row_ids: Collection[str]) -> Mapping[str, SavedFile]:
        """See Storage."""
        if not row_ids or not self._files.exists(self._folder):
            return {}
        ids_by_name = {file_name(row_id): row_id for row_id in row_ids}
        found: dict[str, SavedFile] = {}
        for path in self._files.ls(self._folder, detail=False):
            name = str(path).rpartition("/")[2]
            row_id = ids_by_name.get(name.rpartition(".")[0])
            if row_id is not None and not name.endswith(".part"):
                content: bytes = self._files.cat_file(path)
                found[row_id] = SavedFile(
                    f"{self._url}/{name}", hashlib.sha256(content).hexdigest(), len(content)
                )
        return found

    def problem(self, running: int) -> str | None:  # noqa: ARG002 - such places have no end
        """See Storage."""
        return None
