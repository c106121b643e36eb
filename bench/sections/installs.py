"""What an installation brings: distributions and bytes."""

import re
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from ..bars import OURS
from ..processes import Failed, run
from ..series import Effort, Series
from ..subject import load_all

NOTE = (
    "Each into an empty folder, at the version measured here, without byte code, which doubles every figure."
    " Once: there is no spread."
)


def measure(_: Effort) -> Iterator[Series]:
    """Install every subject; one that cannot be installed is left out, and said."""
    for one in load_all():
        wanted = (
            "./generated_client" if one.name == OURS else f"{one.distribution}=={version(one.distribution)}"
        )
        with tempfile.TemporaryDirectory() as folder:
            try:
                _install(wanted, folder)
            except Failed as reason:
                print(f"{one.name}: cannot be installed: {reason}")
                continue
            yield Series("install.distributions", one.name, (float(len(_distributions(Path(folder)))),))
            yield Series("install.size", one.name, (_size(Path(folder)) / 1e6,))


def _install(wanted: str, folder: str) -> None:
    run("-m", "uv", "pip", "install", "--quiet", "--no-build-isolation", "--prerelease=allow",
        "--target", folder, wanted)  # fmt: skip


def _distributions(folder: Path) -> set[str]:
    """Name what was installed, as PEP 503 normalises names."""
    names = (path.name.partition("-")[0] for path in folder.glob("*.dist-info"))
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
