"""Sets the version in the contract, builds the client from it, and puts what was built into the tree."""

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from generator import pipeline
from generator.loading.reading import load_document

from .repository import RefusedError

# What a release changes in the tree, and where it leaves what is to be published.
RELEASED = ("openapi.yaml", "CHANGELOG.md", "generated_client")
WHEELS = "build/release"


def refuse_if_stale(root: Path) -> None:
    """Raise RefusedError if the committed client is not what the contract and the factory make."""
    differing = pipeline.check(root / "openapi.yaml", root / "generated_client").differences
    if differing:
        raise RefusedError(
            f"generated_client is not what would be built ({len(differing)} files differ, "
            f"{differing[0].partition(':')[0]} first); build and commit it: ./dev -s generate"
        )


def set_version(spec: Path, version: str) -> None:
    """Write the SDK's version into its one line; every other byte stays.

    Raises RefusedError if there is no such line.
    """
    document = load_document(spec)
    line = document.lines.get("/x-sdk/version")
    if line is None:
        raise RefusedError(f"{spec.name} has no x-sdk.version; add `version: 0.1.0` below `x-sdk:`")
    old = str(document.data["x-sdk"]["version"])
    lines = spec.read_bytes().split(b"\n")
    if lines[line - 1].count(old.encode()) != 1:
        raise RefusedError(
            f"{spec.name}:{line}: cannot tell which `{old}` is the version; write it on a line of its own"
        )
    lines[line - 1] = lines[line - 1].replace(old.encode(), version.encode())
    spec.write_bytes(b"\n".join(lines))


def rebuild(root: Path) -> None:
    """Build the client that the contract makes now."""
    pipeline.build(root / "openapi.yaml", root / "generated_client")


def put(names: Iterable[str], source: Path, target: Path) -> None:
    """Put files and folders of one tree in the place of those of another.

    All are copied beside their places first, so that a full disk leaves the tree as it was.
    """
    with tempfile.TemporaryDirectory(dir=target, prefix=".release-") as folder:
        beside = Path(folder)
        present = [name for name in names if (source / name).exists()]
        for name in present:
            copied = beside / "new" / name
            copied.parent.mkdir(parents=True, exist_ok=True)
            if (source / name).is_dir():
                shutil.copytree(source / name, copied)
            else:
                shutil.copyfile(source / name, copied)
        for name in present:
            old, place = beside / "old" / name, target / name
            old.parent.mkdir(parents=True, exist_ok=True)
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.exists():
                place.rename(old)
            (beside / "new" / name).rename(place)
