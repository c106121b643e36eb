"""The places in which a reader types: a fresh clone without anything installed, and what start.md leaves."""

import os
import shlex
import shutil
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.documents.blocks import Block

ROOT = Path(__file__).parents[2]
# The port of the documents.
PRINTED_PORT = "8080"
# What a fresh clone has and the documents use.
CHECKOUT = ("generated_client", "contract_tests", "openapi.yaml", "generator", "pyproject.toml")


# An environment that it makes has the dependencies in its path, under another name than on PYTHONPATH: the
# generator forgets PYTHONPATH when it imports what it has built.
_PYTHON3 = """#!/bin/sh
{interpreter} "$@" || exit
if [ "$1 $2" = "-m venv" ]; then
    for folder in "$3"/lib/python3*/site-packages; do echo {installed} >"$folder/installed.pth"; done
fi
"""


def at_free_port(blocks: Sequence[Block]) -> list[Block]:
    """Put a free port in the place of the printed one."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
    return at_port(blocks, port)


def at_port(blocks: Sequence[Block], port: str) -> list[Block]:
    """Put `port` in the place of the printed one."""
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
    (commands / "python3").write_text(
        _PYTHON3.format(
            interpreter=shlex.quote(interpreter), installed=shlex.quote(str(scratch / "installed"))
        ),
        encoding="utf-8",
    )
    (commands / "python3").chmod(0o755)
    dependencies.mkdir()
    (scratch / "installed").symlink_to(dependencies)
    for path in Path(pytest.__file__).parents[1].iterdir():
        if "eigen" not in path.name:
            (dependencies / path.name).symlink_to(path)
    # Where ruff looks for its program when it was installed into a folder.
    (dependencies / "bin").symlink_to(Path(sys.executable).parent)
    return {
        **_variables(),
        "PATH": os.pathsep.join([str(commands), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join(map(str, (dependencies, *installed))),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        # 0 turns the isolation off, because pip reads the variable as the value of `build_isolation`
        # (https://github.com/pypa/pip/issues/5735).
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_NO_INDEX": "1",
    }


def started_environment(base_url: str, api_key: str) -> dict[str, str]:
    """Return the variables that docs/start.md leaves; both projects come from the tests' environment."""
    packages = [str(ROOT / "generated_client"), str(ROOT / "contract_tests")]
    return {
        **_variables(),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join(packages),
        # What a page installs is there already; an index would bring what is newest today. A dry run still
        # fails for a folder that is no project and for a requirement that is not met.
        "PIP_DRY_RUN": "1",
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # turns it off, see above
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
        "EIGENAI_BASE_URL": base_url,
        "EIGENAI_API_KEY": api_key,
    }


def _variables() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("EIGENAI_", "PIP_"))}
