"""What must not get out: the key, what is asked, and what is sent and received."""

import asyncio
import logging
import os
import pickle
import subprocess
import sys
import traceback
from typing import Any

import httpx
import pytest

from eigen_generate import EigenGenerateError, StatusError

from .answers import after_body, answer, end, redirect
from .clients import KEY, Mode, ask
from .kinds import BASE64, DRAWN, IMAGE, MODEL, PICTURE
from .server import Act, serve

PROMPT = "a secret meeting by the lake"
AT_IMPORT = """
import importlib, os, pkgutil
import eigen_generate
for module in pkgutil.walk_packages(eigen_generate.__path__, "eigen_generate."):
    importlib.import_module(module.name)
os.environ.update(EIGENAI_API_KEY="test-key", EIGENAI_BASE_URL=os.environ["LATER"])
with eigen_generate.EigenGenerate() as client:
    client.images.generate(model="m", prompt="p")
"""


def _talk(client: Any) -> Any:
    return client.images.edit(model=MODEL, prompt=PROMPT, image_file=PICTURE)


def test_debug_logs_hold_sizes_in_place_of_content(mode: Mode, caplog: pytest.LogCaptureFixture) -> None:
    refusal = f'{{"error": "{KEY} is no key"}}'.encode()
    with caplog.at_level(logging.DEBUG), serve(answer(401, refusal), success=DRAWN.whole()) as server:
        with pytest.raises(EigenGenerateError):
            ask(mode, server.url, _talk)
        ask(mode, server.url, _talk)
    first, second = (line for line in caplog.messages if line.startswith("POST "))
    assert f"received {len(refusal)} bytes" in first
    assert f"received {len(DRAWN.body)} bytes" in second
    everything = caplog.text + "".join(repr(vars(record)) for record in caplog.records)
    assert [secret for secret in (KEY, PROMPT, BASE64[:40], "IHDR") if secret in everything] == []


def test_the_key_is_read_when_a_client_is_made_and_not_before() -> None:
    with serve(success=DRAWN.whole()) as server:
        environment = {**os.environ, "EIGENAI_API_KEY": "too-early", "LATER": server.url}
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        subprocess.run([sys.executable, "-c", AT_IMPORT], env=environment, check=True, timeout=60)
    assert [b"\r\nAuthorization: Bearer test-key\r\n" in request.head for request in server.requests] == [
        True
    ]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_no_redirect_is_followed_even_by_a_client_that_follows(mode: Mode, host: str) -> None:
    kind = httpx.Client if mode == "sync" else httpx.AsyncClient
    follower = kind(follow_redirects=True)
    with serve(redirect(307, host), success=IMAGE.whole()) as server:
        with pytest.raises(StatusError, match="Redirects are not followed"):
            ask(mode, server.url, _talk, http_client=follower)
        _close(follower)
    assert len(server.requests) == 1


def _close(client: httpx.Client | httpx.AsyncClient) -> None:
    if isinstance(client, httpx.Client):
        client.close()
    else:
        asyncio.run(client.aclose())


def test_no_printed_client_shows_the_key(mode: Mode) -> None:
    shown: list[object] = []

    def look(client: Any) -> Any:
        shown.append((client, client.__dict__, client.core, client.core.__dict__, client.images))
        with pytest.raises(TypeError):
            pickle.dumps(client)
        return _talk(client)

    with serve(success=IMAGE.whole()) as server:
        ask(mode, server.url, look)
    assert KEY not in repr(shown)


@pytest.mark.parametrize(
    "fails", [answer(401), answer(200, b"[]"), after_body(end)], ids=["401", "200", "end"]
)
def test_a_traceback_with_all_our_locals_does_not_show_the_key(mode: Mode, fails: Act) -> None:
    with serve(fails, success=IMAGE.whole()) as server, pytest.raises(EigenGenerateError) as caught:
        ask(mode, server.url, _talk)
    report = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    ours = [frame for frame in report.stack if "eigen_generate" in frame.filename]
    assert len(ours) > 2
    assert [frame.name for frame in ours if KEY in repr(frame.locals)] == []
