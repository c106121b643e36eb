"""Sets the version in the contract, builds the client from it, and both projects' wheels and sdists."""

import shutil
import subprocess
import sys
from pathlib import Path

from generator import pipeline
from generator.spec import load

from .repository import RefusedError

PROJECTS = ("generated_client", "contract_tests")
# The contract reaches the wheels of the judge and of the server as copies (see `generate` in noxfile.py).
COPIES = ("contract_tests/eigen_contract/openapi.yaml", "contract_tests/eigen_reference/openapi.yaml")


def set_version(spec: Path, version: str) -> None:
    """Write the SDK's version into its one line; every other byte stays.

    Raises RefusedError if there is no such line.
    """
    document = load(spec)
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
    """Build the client that the contract makes now, and renew the copies of the contract."""
    pipeline.build(root / "openapi.yaml", root / "generated_client")
    for copy in COPIES:
        if (root / copy).exists():
            shutil.copyfile(root / "openapi.yaml", root / copy)


def build_distributions(root: Path, out: Path) -> list[str]:
    """Build wheel and sdist of both projects into `out`, without a network, and give their names."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for name in PROJECTS:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(out)]
        done = subprocess.run(command, cwd=root / name, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RefusedError(f"{name} does not build: {(done.stdout + done.stderr).strip()[-500:]}")
    return sorted(path.name for path in out.iterdir())
