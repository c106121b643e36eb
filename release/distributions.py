"""Builds wheel and sdist of both projects, and proves that the same tree gives the same bytes."""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .repository import RefusedError

PROJECTS = ("generated_client", "contract_tests")


def build_distributions(root: Path, out: Path) -> list[str]:
    """Build wheel and sdist of both projects into `out`, without a network, and give their names.

    Raises RefusedError if a project does not build.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for name in PROJECTS:
        _run_hatchling(root / name, ("wheel", "sdist"), out)
    return sorted(path.name for path in out.iterdir())


def refuse_if_not_reproducible(root: Path, built: Path) -> None:
    """Build once more, and the wheels from the sdists alone; raise RefusedError if a byte differs."""
    with tempfile.TemporaryDirectory(prefix="release-again-") as folder:
        again, from_sdists = Path(folder) / "again", Path(folder) / "from-sdists"
        build_distributions(root, again)
        _refuse_if_different(built, again, "a second build")
        for sdist in sorted(built.glob("*.tar.gz")):
            _build_wheel_of_sdist(sdist, from_sdists)
        _refuse_if_different(built, from_sdists, "the build of the sdist")


def _build_wheel_of_sdist(sdist: Path, out: Path) -> None:
    """Build a wheel from nothing but an sdist, as pip does where it finds no wheel."""
    with tempfile.TemporaryDirectory(prefix="release-sdist-") as folder:
        with tarfile.open(sdist) as archive:
            # Python 3.11.0 has no `filter`, and this archive is our own, made a moment ago.
            archive.extractall(folder)
        _run_hatchling(next(Path(folder).iterdir()), ("wheel",), out)


def _run_hatchling(project: Path, targets: Sequence[str], out: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(out)]
    for target in targets:
        command += ["-t", target]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RefusedError(f"{project.name} does not build: {(done.stdout + done.stderr).strip()[-500:]}")


def _refuse_if_different(first: Path, second: Path, maker: str) -> None:
    for path in sorted(second.iterdir()):
        if _digest(first / path.name) != _digest(path):
            raise RefusedError(f"{path.name}: {maker} gives other bytes")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_checksums(folder: Path) -> None:
    """Write `SHA256SUMS` for what is in a folder, in the form that `sha256sum --check` reads."""
    lines = [f"{_digest(path)}  {path.name}\n" for path in sorted(folder.iterdir()) if path.is_file()]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="ascii", newline="\n")
