"""The Dockerfile and the compose example, as far as they can be checked without Docker.

Nothing here builds an image. What it copies, installs and runs is looked for, and run, in this checkout.
"""

import fnmatch
import json
import re
import shlex
import socket
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from eigen_reference.command_line import arguments
from tests.reference.sockets import ENVIRONMENT, serving

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "Dockerfile").read_text("utf-8")
LINES = [
    line.split(maxsplit=1)
    for line in re.sub(r"\\\n\s*", "", TEXT).splitlines()
    if line and not line.startswith("#")
]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))


def values(name: str) -> list[str]:
    return [value for instruction, value in LINES if instruction == name]


def command_of(value: str) -> list[str]:
    found: list[str] = json.loads(value)
    return found


def is_ignored(path: str) -> bool:
    """Return whether .dockerignore keeps a path out; its last pattern that fits decides."""
    ignored = False
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.removeprefix("!")
        if line and not line.startswith("#") and fnmatch.fnmatch(path, pattern):
            ignored = not line.startswith("!")
    return ignored


def test_the_bases_are_pinned_to_a_patch_release() -> None:
    bases = [value.split()[0] for value in values("FROM")]
    assert len(bases) == 2
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-[a-z]+", bases[0])


def test_what_is_copied_exists_and_is_not_ignored() -> None:
    sources = [word for value in values("COPY") if "--from" not in value for word in value.split()[:-1]]
    assert set(sources) == {"pyproject.toml", "openapi.yaml", "contract_tests"}
    for source in sources:
        assert (ROOT / source).exists()
        assert not is_ignored(source)
    assert is_ignored("generated_client")
    assert is_ignored(".git")


def test_what_is_installed_is_a_group_of_this_project() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    (group,) = re.findall(r"--group (\S+)", TEXT)
    extras = tomllib.loads((ROOT / "contract_tests" / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[><=]", line)[0] for line in extras["optional-dependencies"]["reference"]}
    assert needed <= {line.partition("==")[0] for line in groups[group]}


def test_it_does_not_run_as_root() -> None:
    (user,) = values("USER")
    assert user.isdecimal()
    assert int(user) > 0
    after = LINES[next(index for index, (name, _) in enumerate(LINES) if name == "USER") :]
    assert not [name for name, _ in after if name in ("RUN", "COPY", "USER")][1:]
    assert COMPOSE["services"]["eigen"]["cap_drop"] == ["ALL"]


@pytest.mark.parametrize("more", [command_of(values("CMD")[0]), COMPOSE["services"]["eigen"]["command"]])
def test_the_command_is_one_that_the_server_takes(more: Sequence[str]) -> None:
    entry = command_of(values("ENTRYPOINT")[0])
    assert entry[:3] == ["python", "-m", "eigen_reference"]
    options = arguments().parse_args([*entry[3:], *more])
    assert (options.host, options.port) == ("0.0.0.0", 8080)
    assert options.data == Path("/data")
    assert values("EXPOSE") == ["8080"]


def test_the_health_check_tells_a_server_that_is_ready_from_none(tmp_path: Path) -> None:
    check = command_of(values("HEALTHCHECK")[0].partition("CMD ")[2])
    assert check[0] == "python"

    def healthy(port: int) -> bool:
        command = [sys.executable, *(word.replace("8080", str(port)) for word in check[1:])]
        done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, timeout=30, check=False)
        return done.returncode == 0

    with serving(tmp_path) as process:
        assert healthy(process.port)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert not healthy(port)


def test_the_example_reaches_loopback_alone_and_keeps_its_jobs() -> None:
    service = COMPOSE["services"]["eigen"]
    assert service["ports"] == ["127.0.0.1:8080:8080"]
    (volume,) = service["volumes"]
    name, _, folder = volume.partition(":")
    assert name in COMPOSE["volumes"]
    assert values("VOLUME") == [folder]
    grace = float(arguments().parse_args([]).grace)
    assert int(service["stop_grace_period"].removesuffix("s")) > grace + 4  # and twice AFTER of serving.py


def test_the_commands_of_the_comments_name_what_there_is() -> None:
    (command,) = re.findall(r"(docker build .*)", TEXT)
    assert shlex.split(command)[-1] == "eigen-reference"
    assert COMPOSE["services"]["eigen"]["build"] == "."
