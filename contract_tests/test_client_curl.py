"""The page's curl commands and the client send the same parts, with the same text and the same files."""

import hashlib
import json
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from calling import arguments, method_for
from capturing import KEY, CapturingServer
from eigen_contract.examples import upload
from eigen_contract.exchange import Request
from eigen_contract.oracle import Oracle
from eigen_contract.shapes import members
from eigen_contract.wire import parse_form
from eigen_generate import EigenGenerate, EigenGenerateError

PAGE: dict[str, Any] = tomllib.loads((Path(__file__).parents[1] / "tests" / "page.toml").read_text("utf-8"))
COMMANDS: list[dict[str, Any]] = PAGE["curl"]
CURL = shutil.which("curl")

needs_curl = pytest.mark.skipif(CURL is None, reason="there is no curl on PATH, so nothing to compare with")


def command_line(command: dict[str, Any], url: str, folder: Path) -> list[str]:
    """Write a command of the page with host, key and files replaced."""
    words = [CURL or "curl", "-sS", "-X", command["method"], url + PAGE["path"]]
    for name, value in command["headers"].items():
        words += ["-H", f"{name}: {value.replace('YOUR_API_KEY', KEY)}"]
    if "json" in command:
        return [*words, "-d", json.dumps(command["json"])]
    for part in command["form"]:
        value = part["text"] if "text" in part else f"@{file_of(part, folder)}"
        words += ["-F", f"{part['name']}={value}"]
    return [*words, "--output", str(folder / "answer")]


def file_of(part: dict[str, Any], folder: Path) -> Path:
    """Lay out the file that a command names, with real media in it."""
    made = upload(part["file"])
    path = folder / made.filename
    path.write_bytes(made.data)
    return path


def by_curl(command: dict[str, Any], server: CapturingServer, folder: Path) -> Request:
    subprocess.run(command_line(command, server.url, folder), check=True, capture_output=True, timeout=30)
    return server.requests[-1]


def by_client(
    command: dict[str, Any], server: CapturingServer, folder: Path, oracle: Oracle, sent: Request
) -> Request:
    """Send the same through the client's method for it, as a caller writes it: paths, numbers, booleans."""
    verdict = oracle.judge(sent)
    operation = oracle.contract.operation(sent.method, sent.path)
    assert operation is not None
    assert verdict.wire is not None
    # What stands for a number or a boolean in a form is one in Python.
    values = dict(members(verdict.wire.instance))
    values |= {part["name"]: file_of(part, folder) for part in command.get("form", ()) if "file" in part}
    method = method_for(oracle.contract, operation, verdict.variants)
    with EigenGenerate(api_key=KEY, base_url=server.url, max_retries=0) as client:
        try:
            method.of(client)(**arguments(values))
        except EigenGenerateError:
            # The server answers every job with a picture; what was sent is what counts here.
            assert len(server.requests) == 2
    return server.requests[-1]


def parts_of(request: Request) -> list[tuple[str, str, bool]]:
    """List the parts of a form: name, text or hash, and whether it is a file with a name."""
    listed: list[tuple[str, str, bool]] = []
    for part in parse_form(request):
        text = hashlib.sha256(part.data).hexdigest() if part.is_file else part.data.decode()
        listed.append((part.name, text, bool(part.filename)))
    return sorted(listed)


@needs_curl
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command["title"])
def test_the_client_sends_what_the_pages_curl_sends(
    command: dict[str, Any], capturing: CapturingServer, tmp_path: Path, oracle: Oracle
) -> None:
    one = by_curl(command, capturing, tmp_path)
    other = by_client(command, capturing, tmp_path, oracle, one)
    assert (one.method, one.path, one.auth, one.media_type) == (
        other.method,
        other.path,
        other.auth,
        other.media_type,
    )
    if one.media_type == "multipart/form-data":
        assert parts_of(one) == parts_of(other)
    first, second = oracle.judge(one).wire, oracle.judge(other).wire
    assert first is not None
    assert second is not None
    assert first.instance == second.instance
