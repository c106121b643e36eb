"""A forked process gets answers of its own, and leaves the connections of its parent alone."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.runtime.faulty_server import Peer, serve
from tests.runtime.private_ca import PrivateCA, https, over_tls
from tests.runtime.streaming import audio, event

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the platform has no fork")


class Echo:
    """Answers each request with its own prompt, and notes which connection each prompt came over."""

    def __init__(self) -> None:
        self.connections: dict[str, Peer] = {}

    def __call__(self, peer: Peer) -> None:
        while peer.has_request():
            prompt = re.search(rb'"prompt":"([^"]*)"', peer.read().body)
            assert prompt is not None
            self.connections[prompt[1].decode()] = peer
            # Long enough for another process to send its request before this answer is read.
            threading.Event().wait(0.005)
            peer.answer(200, prompt[1], "Content-Type: image/png")


def run(name: str, url: str, **environment: str) -> Mapping[str, str]:
    """Run a program of `forking` and return what its processes asked for and got."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.programs.forking", name, url],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, str] = json.loads(done.stdout)
    return answers


@pytest.mark.parametrize(
    "name",
    [
        "os_fork",
        "multiprocessing_fork",
        "prefork_server",
        "event_loops",
        "event_loop_kept",
        "fork_amid_calls",
    ],
)
def test_each_process_gets_its_own_answers(name: str) -> None:
    echo = Echo()
    with serve(*[echo] * 100) as server:
        answers = run(name, server.url)
    assert {prompt: answer for prompt, answer in answers.items() if prompt != answer} == {}
    processes = {re.sub(r"\d+$", "", prompt) for prompt in answers}
    assert len(processes) >= 2


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_child_leaves_its_parents_connection_open(tmp_path: Path, encrypted: bool) -> None:
    authority = PrivateCA(tmp_path)
    context = authority.server_context()
    echo = Echo()
    with serve(*[over_tls(echo, context) if encrypted else echo] * 10) as server:
        url = https(server.url) if encrypted else server.url
        answers = run("child_closes", url, SSL_CERT_FILE=str(authority.path))
    assert answers == {"first": "first", "child": "child", "parent": "parent"}
    assert echo.connections["parent"] is echo.connections["first"]
    assert echo.connections["child"] is not echo.connections["first"]
    assert len(server.connections) == 2


def test_a_stream_belongs_to_the_process_that_began_it() -> None:
    rest = audio(b"rest") + event(type="complete")

    def script(peer: Peer) -> None:
        peer.read()
        start = audio(b"start")
        peer.answer(200, start, "Content-Type: text/event-stream", length=len(start + rest))
        threading.Event().wait(0.5)
        peer.send(rest)
        peer.wait_for_end()

    with serve(script) as server:
        answers = run("stream", server.url)
    assert answers == {"start": "start", "child": "StreamInterruptedError", "parent": "rest"}


def test_a_callers_client_that_was_used_before_the_fork_is_refused_after_it() -> None:
    echo = Echo()
    with serve(*[echo] * 10) as server:
        answers = run("callers_used_client", server.url)
    assert answers["child"].startswith("ConfigurationError: http_client: was used before")
    assert (answers["first"], answers["parent"]) == ("first", "parent")
    assert len(server.connections) == 1


def test_a_callers_asynchronous_client_is_refused_after_the_fork() -> None:
    with serve(*[Echo()] * 10) as server:
        answers = run("callers_async_client", server.url)
    assert answers["child"].startswith("ConfigurationError: http_client: was used before")
    assert (answers["first"], answers["parent"]) == ("first", "parent")


def test_a_callers_client_that_was_not_used_before_the_fork_works_in_each_process() -> None:
    with serve(*[Echo()] * 10) as server:
        assert run("callers_unused_client", server.url) == {"child": "child", "parent": "parent"}
