"""The server as a process: its command line, a real socket, and the page's commands run by curl."""

import base64
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from eigen_reference.serving import bind
from tests.reference.decoders import raster, wave

COMMAND = [sys.executable, "-m", "eigen_reference"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *arguments]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    command = [*COMMAND, "--port", "0"]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            assert line.startswith("eigen_reference ready at http://127.0.0.1:"), line
            yield line.split()[-1]
        finally:
            process.terminate()
            process.wait(30)


def post(url: str, body: bytes, key: str = "test-key") -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)) as connection:
        connection.request("POST", "/api/v1/generate", body, headers)
        with connection.getresponse() as response:
            return response.status, json.load(response)


def curl(url: str, *arguments: str) -> bytes:
    command = ["curl", "-sS", "--fail-with-body", "-X", "POST", f"{url}/api/v1/generate"]
    return subprocess.run(
        [*command, "-H", "Authorization: Bearer test-key", *arguments],
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout


def test_the_console_script_of_the_client_starts_the_server() -> None:
    command = [sys.executable, "-m", "eigen_generate", "serve", "--help"]
    shown = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False)
    assert shown.returncode == 0
    assert "--port" in shown.stdout


def test_serves_over_a_real_socket(url: str) -> None:
    body = json.dumps({"model": "m", "prompt": "p", "width": 512, "height": 512}).encode()
    status, answer = post(url, body)
    assert status == 200
    assert raster(base64.b64decode(answer["turbo_image_base64"])).width == 512


@pytest.mark.parametrize(("key", "status"), [("test-key", 413), ("wrong", 401)])
def test_a_large_refused_upload_still_gets_its_answer(url: str, key: str, status: int) -> None:
    received, answer = post(url, bytes(30 * 2**20), key)
    assert received == status
    assert answer["error"]["message"]


def test_survives_a_client_that_leaves_midway(url: str) -> None:
    address = urlsplit(url)
    with socket.create_connection((str(address.hostname), int(address.port or 0))) as connection:
        connection.sendall(
            b"POST /api/v1/generate HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer test-key\r\n"
            b"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
        )
    assert post(url, b"{}")[0] == 400


@pytest.mark.skipif(shutil.which("curl") is None, reason="this machine has no curl")
def test_runs_the_four_commands_of_the_page(url: str, tmp_path: Path) -> None:
    prompt = json.dumps({"model": "YOUR_MODEL", "prompt": "A fluffy orange tabby cat in a sunlit garden"})
    drawn = base64.b64decode(
        json.loads(curl(url, "-H", "Content-Type: application/json", "-d", prompt))["turbo_image_base64"]
    )
    source, speech = tmp_path / "source.png", tmp_path / "speech.wav"
    source.write_bytes(drawn)
    edited = curl(url, *form(prompt="Replace the bag with a laptop", image_file=f"@{source}",
                             num_inference_steps="15", binary_response="true"))  # fmt: skip
    spoken = curl(url, *form(text="Hello, this is a test of the text-to-speech system.", voice="Linda"))
    speech.write_bytes(spoken)
    heard = json.loads(curl(url, *form(file=f"@{speech}", language="en", response_format="json")))
    assert raster(edited).pixels != raster(drawn).pixels
    assert wave(spoken).rate == 24_000
    assert len({"hello", "this", "is", "text", "speech", "system"} & set(heard["text"].split())) >= 5


def form(**members: str) -> list[str]:
    named = {"model": "YOUR_MODEL", **members}
    return [part for name, value in named.items() for part in ("-F", f"{name}={value}")]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--port", "http"], "is not a port"),
        (["--port", "65536"], "is not a port"),
        (["--port", "-1"], "is not a port"),
        (["--api-key", ""], "visible ASCII"),
        (["--api-key", " "], "visible ASCII"),
        (["--api-key", "a b"], "visible ASCII"),
        (["--api-key", "\t"], "visible ASCII"),
        (["--api-key", "cl\u00e9"], "visible ASCII"),
        (["--grace", "-1"], "is not a time"),
        (["--body-timeout", "soon"], "is not a time"),
        (["--spec", "/nowhere/openapi.yaml"], "/nowhere/openapi.yaml: cannot be read: No such file"),
        (["--fault", "unheard-of"], "unheard-of"),
        (["--unheard-of"], "--unheard-of"),
    ],
)
def test_says_in_one_line_why_it_cannot_start(arguments: list[str], says: str) -> None:
    finished = run(*arguments)
    assert finished.returncode == 2
    assert finished.stdout == ""
    assert finished.stderr.count("\n") == 1
    assert says in finished.stderr


def test_says_that_a_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        finished = run("--port", str(taken.getsockname()[1]))
    assert finished.returncode == 2
    assert "in use" in finished.stderr


def test_lists_its_faults() -> None:
    finished = run("--fault", "list")
    assert finished.returncode == 0
    assert {"truncated-png", "no-auth", "sse-no-end"} <= {
        line.split()[0] for line in finished.stdout.splitlines()
    }


def test_connections_send_a_body_without_waiting_for_its_head_to_be_acknowledged() -> None:
    with bind("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_judges_command_becomes_the_server_and_ends_with_it() -> None:
    command = [sys.executable, "-m", "eigen_contract", "serve", "--port", "0"]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line: str = process.stdout.readline()
        process.terminate()
        process.wait(10)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", int(line.strip().rpartition(":")[2])))
