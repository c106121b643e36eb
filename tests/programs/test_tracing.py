"""Tracing of httpx sees each attempt of a client, and neither the key nor any content."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.runtime.calls import PNG
from tests.runtime.faulty_server import Peer, serve

ROOT = Path(__file__).parents[2]


def answer_three(peer: Peer) -> None:
    """Refuse the first attempt of a call, answer the second one, and then another call."""
    peer.read()
    peer.answer(429, b'{"error": "a secret refusal"}', "Retry-After-Ms: 1")
    peer.read()
    peer.answer(200, PNG, "Content-Type: image/png", "X-Answer: a secret answer")
    peer.read()
    peer.answer(200, b'{"name": "a secret name"}')


def trace(tracer: str, kind: str) -> dict[str, Any]:
    """Run the program and return what the tracer recorded, and the key of the requests beside it."""
    with serve(answer_three) as server:
        done = subprocess.run(
            [sys.executable, "-m", "tests.programs.tracing", tracer, kind, server.url],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert all(b"test-key" in received.head for received in server.received)
    traced: dict[str, Any] = json.loads(done.stdout)
    return traced


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_opentelemetry_sees_each_attempt(kind: str) -> None:
    traced = trace("opentelemetry", kind)
    assert [attempt["http.status_code"] for attempt in traced["attempts"]] == [429, 200, 200]
    assert [attempt["http.method"] for attempt in traced["attempts"]] == ["POST", "POST", "GET"]


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_sentry_sees_each_attempt(kind: str) -> None:
    traced = trace("sentry", kind)
    statuses = [attempt["http.response.status_code"] for attempt in traced["attempts"]]
    assert statuses == [429, 200, 200]
    assert [each["http.response.status_code"] for each in traced["breadcrumbs"]] == statuses


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("tracer", ["opentelemetry", "sentry"])
def test_tracing_holds_no_key_and_no_content(tracer: str, kind: str) -> None:
    recorded = "\n".join(trace(tracer, kind)["recorded"])
    assert "/v1/make" in recorded
    assert "/v1/list" in recorded
    assert "test-key" not in recorded
    assert "a secret" not in recorded
