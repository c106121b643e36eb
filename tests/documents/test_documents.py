"""The documents for callers work as printed: every block, in order, against the server that they start.

The commands run as they stand, but for the port: 8080 may be taken on this machine. What a reader gets from a
package index comes from the environment of the tests instead (see `environment`).
"""

import os
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.documents.blocks import Block, read_blocks
from tests.documents.reader import follow

ROOT = Path(__file__).parents[2]
# The port of the documents.
PRINTED_PORT = "8080"
# What a fresh clone has and the documents use.
CHECKOUT = ("generated_client", "contract_tests", "openapi.yaml")


def test_the_readme_works_as_printed(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "clone")
    follow(at_free_port(read_blocks(ROOT / "README.md")), folder, environment(tmp_path), tmp_path)
    made = {path.name for path in (folder / "build" / "try").iterdir()}
    assert made >= {"cat.png", "evening.png", "hello.wav", "cat.mp4"}


def test_the_page_of_the_client_works_as_printed(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "clone")
    follow(at_free_port(read_blocks(ROOT / "docs" / "client.md")), folder, environment(tmp_path), tmp_path)


def test_the_page_about_deployments_works_as_printed(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "clone")
    page = ROOT / "docs" / "check-your-deployment.md"
    follow(at_free_port(read_blocks(page)), folder, environment(tmp_path), tmp_path)
    report = folder / "build" / "contract-report"
    assert {"report.html", "report.json", "junit.xml"} <= {path.name for path in report.iterdir()}


def test_the_page_about_testing_works_as_printed(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "clone")
    follow(at_free_port(read_blocks(ROOT / "docs" / "testing.md")), folder, environment(tmp_path), tmp_path)


def test_the_page_about_offline_tests_works_as_printed(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "clone")
    page = ROOT / "docs" / "test-your-program-offline.md"
    follow(at_free_port(read_blocks(page)), folder, environment(tmp_path), tmp_path)
    assert (folder / "build" / "offline" / "cat.png").read_bytes().startswith(b"\x89PNG")


def test_the_readme_of_the_built_client_works_as_printed(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "clone") / "generated_client"
    # It asks for a virtual environment, and for the reference server without saying where that comes from.
    variables = environment(tmp_path, installed=(ROOT / "contract_tests",))
    subprocess.run(["python3", "-m", "venv", tmp_path / "venv"], env=variables, check=True)
    variables["PATH"] = os.pathsep.join([str(tmp_path / "venv" / "bin"), variables["PATH"]])
    follow(at_free_port(read_blocks(folder / "README.md")), folder, variables, tmp_path)


def at_free_port(blocks: Sequence[Block]) -> list[Block]:
    """Put a free port in the place of the printed one."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
    return [block.replace(PRINTED_PORT, port) for block in blocks]


def checkout(folder: Path) -> Path:
    """Copy what a fresh clone has and the documents use."""
    folder.mkdir()
    for name in CHECKOUT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def environment(scratch: Path, installed: Sequence[Path] = ()) -> dict[str, str]:
    """Return the variables of a shell in which `python3` is ours, and `pip` needs no index.

    pip finds on PYTHONPATH what the documents' commands depend on, and builds with the hatchling that is
    there. The client and the judge of the tests' environment are not there: the document has to install them.
    """
    commands, dependencies = scratch / "commands", scratch / "dependencies"
    commands.mkdir()
    # The interpreter outside of the environment, as a newcomer has it.
    interpreter = os.path.realpath(sys.executable)
    (commands / "python3").write_text(f'#!/bin/sh\nexec {shlex.quote(interpreter)} "$@"\n', encoding="utf-8")
    (commands / "python3").chmod(0o755)
    dependencies.mkdir()
    for path in Path(pytest.__file__).parents[1].iterdir():
        if "eigen" not in path.name:
            (dependencies / path.name).symlink_to(path)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("EIGENAI_", "PIP_"))},
        "PATH": os.pathsep.join([str(commands), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join(map(str, (dependencies, *installed))),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        # 0 turns the isolation off, because pip reads the variable as the value of `build_isolation`
        # (https://github.com/pypa/pip/issues/5735).
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_NO_INDEX": "1",
    }
