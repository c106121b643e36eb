"""A client that is sent to a spawned process works there, over TLS with a private CA too."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runtime.faulty_server import Peer, serve
from tests.runtime.private_ca import PrivateCA, https, over_tls

ROOT = Path(__file__).parents[2]
KEY = "key-of-the-environment"
PNG = b"\x89PNG\r\n\x1a\n"


def echo(peer: Peer) -> None:
    """Answer requests that have the key with their own prompt."""
    while peer.has_request():
        request = peer.read()
        prompt = re.search(rb'"prompt":"([^"]*)"', request.body)
        assert prompt is not None
        if f"Bearer {KEY}".encode() in request.head:
            peer.answer(200, PNG + prompt[1], "Content-Type: image/png")
        else:
            peer.answer(401)


@pytest.mark.parametrize("name", ["spawn", "process_pool", "process_pool_async"])
def test_a_spawned_process_gets_its_own_answers(name: str, tmp_path: Path) -> None:
    authority = PrivateCA(tmp_path)
    script = over_tls(echo, authority.server_context())
    with serve(*[script] * 20) as server:
        done = subprocess.run(
            [sys.executable, "-m", "tests.programs.spawning", name, https(server.url)],
            cwd=ROOT,
            env={**os.environ, "EIGENAI_API_KEY": KEY, "SSL_CERT_FILE": str(authority.path)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        connections = len(server.connections)
    assert done.returncode == 0, done.stderr
    answers: dict[str, str] = json.loads(done.stdout)
    assert {prompt: answer for prompt, answer in answers.items() if prompt != answer} == {}
    processes = {prompt.rpartition("-")[2] for prompt in answers}
    assert len(processes) >= 2
    assert connections >= len(processes)
