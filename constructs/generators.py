"""The generators that are compared: how each is run, and what it says when it leaves something out."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parents[1]
SECONDS = 180


@frozen
class Generator:
    """One generator: `kind` of its clients for the probe, its `command`, the `package` that comes out."""

    name: str
    kind: str
    command: tuple[str, ...]
    package: str
    distribution: str

    @property
    def version(self) -> str:
        """The version that is installed; ours has none of its own."""
        return version(self.distribution) if self.distribution else ""

    @property
    def missing(self) -> str:
        """Why it cannot run here; empty if it can."""
        try:
            _ = self.version
        except PackageNotFoundError:
            return f"{self.distribution} is not installed"
        return "no Java on the PATH" if self.kind == "peer" and not shutil.which("java") else ""


GENERATORS = (
    Generator(
        "ours",
        "ours",
        (sys.executable, "-m", "generator", "build", "--spec", "{spec}", "--out", "{out}"),
        "probe",
        "",
    ),
    Generator(
        "openapi-python-client",
        "stock",
        (
            "openapi-python-client",
            "generate",
            "--path",
            "{spec}",
            "--output-path",
            "{out}/probe_client",
            "--meta",
            "none",
            "--fail-on-warning",
        ),
        "probe_client",
        "openapi-python-client",
    ),
    Generator(
        "openapi-generator",
        "peer",
        ("openapi-generator-cli", "generate", "-g", "python", "-i", "{spec}", "-o", "{out}"),
        "openapi_client",
        "openapi-generator-cli",
    ),
)


def run(
    command: list[str], path: Path | None = None, seconds: float = SECONDS
) -> subprocess.CompletedProcess[str]:
    """Run a command, the environment's tools on the PATH, for at most `seconds`; 124 if it takes longer."""
    tools = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    modules = os.pathsep.join([str(ROOT), *([str(path)] if path else [])])
    environment = {**os.environ, "PATH": tools, "PYTHONPATH": modules}
    try:
        return subprocess.run(
            command, cwd=path, env=environment, capture_output=True, text=True, check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, "", f"not done in {seconds:g} s")


def build_peers(specs: Mapping[Path, Path]) -> None:
    """Let openapi-generator build all clients in one go, from spec to folder: a JVM each is slow."""
    configurations: list[str] = []
    for spec, out in specs.items():
        configuration = spec.with_suffix(".json")
        given = {"generatorName": "python", "inputSpec": str(spec), "outputDir": str(out)}
        configuration.write_text(json.dumps(given), encoding="utf-8")
        configurations.append(str(configuration))
    run(["openapi-generator-cli", "batch", "--threads", "2", *configurations])


def build(generator: Generator, spec: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Let a generator build the client of `spec` in `out`; those of openapi-generator are there already."""
    if generator.kind == "peer":
        there = (out / generator.package).exists()
        return subprocess.CompletedProcess([], int(not there), "", "" if there else "no client was built")
    if generator.kind != "ours":
        out.mkdir(parents=True)
    return run([part.format(spec=spec, out=out) for part in generator.command], out if out.exists() else None)
