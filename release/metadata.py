"""Reads what an index would show of the distributions, and what their wheels hold."""

import email.message
import email.parser
import zipfile
from collections.abc import Iterator
from pathlib import Path

from .repository import RefusedError

# What a wheel must not hold: tests, caches, and what the build of the client leaves for `drift`.
_FOREIGN = ("__pycache__", ".generated.json", "/test_", "conftest.py", ".pyc")


def refuse_faulty_wheel(wheel: Path) -> None:
    """Raise RefusedError with every fault of a wheel: metadata, types, licence, files that do not belong."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata_name = next(name for name in names if name.endswith(".dist-info/METADATA"))
        metadata = email.parser.Parser().parsestr(archive.read(metadata_name).decode())
    faults = [*_metadata_faults(metadata), *_file_faults(names)]
    if faults:
        raise RefusedError(f"{wheel.name}: {'; '.join(faults)}")


def extras_of(wheel: Path) -> list[str]:
    """Return the extras that a wheel offers."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = email.parser.Parser().parsestr(archive.read(name).decode())
    return metadata.get_all("Provides-Extra") or []


def _metadata_faults(metadata: email.message.Message) -> Iterator[str]:
    for field in (
        "Summary",
        "Requires-Python",
        "License-Expression",
        "License-File",
        "Description-Content-Type",
    ):
        if not metadata.get(field):
            yield f"its metadata have no {field}"
    if not str(metadata.get_payload()).strip():
        yield "it has no description"
    classifiers = set(metadata.get_all("Classifier") or [])
    if "Typing :: Typed" not in classifiers:
        yield "it does not say that it has types"
    if any(classifier.startswith("License ::") for classifier in classifiers):
        yield "a classifier of a licence contradicts License-Expression (PEP 639)"


def _file_faults(names: list[str]) -> Iterator[str]:
    packages = {name.partition("/")[0] for name in names if name.endswith(".py") and "/" in name}
    for package in sorted(packages):
        if f"{package}/py.typed" not in names:
            yield f"{package} has no py.typed"
    if not any(".dist-info/licenses/" in name for name in names):
        yield "it holds no licence"
    for name in names:
        if any(foreign in name for foreign in _FOREIGN):
            yield f"it holds {name}"
