"""Clients through an `http_client` of httpx2, in programs that never import httpx."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

from generator.runtime.client.core import Core
from generator.runtime.client.core_async import AsyncCore
from generator.runtime.errors import ConfigurationError
from generator.runtime.http.library import AsyncHttpClient, HttpClient
from tests.runtime import calls
from tests.runtime.connecting import FIELDS, succeed
from tests.runtime.faulty_server import Peer, serve

ROOT = Path(__file__).parents[2]

START = """
import sys
from eigen_generate import AsyncEigenGenerate, EigenGenerate

assert not {"httpx", "httpx2"} & sys.modules.keys(), "a library is imported before there is a client"
url = sys.argv[1]
"""
SYNC = """
import httpx2

with httpx2.Client(trust_env=False) as http_client:
    client = EigenGenerate(api_key="k", base_url=url, http_client=http_client)
    image = client.images.generate(model="m", prompt="p")
"""
ASYNC = """
import anyio
import httpx2

async def main():
    async with httpx2.AsyncClient(trust_env=False) as http_client:
        client = AsyncEigenGenerate(api_key="k", base_url=url, http_client=http_client)
        return await client.images.generate(model="m", prompt="p")

image = anyio.run(main, backend="{backend}")
"""
END = """
assert image.content.startswith(b"\\x89PNG")
print(*sorted({"httpx", "httpx2"} & sys.modules.keys()))
"""
OWN = """
image = EigenGenerate(api_key="k", base_url=url).images.generate(model="m", prompt="p")
"""


@pytest.mark.parametrize(
    ("program", "imported"),
    [
        (SYNC, "httpx2"),
        (ASYNC.format(backend="asyncio"), "httpx2"),
        (ASYNC.format(backend="trio"), "httpx2"),
        (OWN, "httpx"),
    ],
    ids=["sync", "asyncio", "trio", "own"],
)
def test_imports_the_library_in_use_alone(program: str, imported: str) -> None:
    with serve(succeed) as server:
        done = subprocess.run(
            [sys.executable, "-c", START + program + END, server.url],
            env={**os.environ, "PYTHONPATH": str(ROOT / "generated_client")},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert (done.stdout.strip(), done.stderr) == (imported, "")


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_keeps_the_headers_of_a_callers_client_and_not_its_default_agent(library: Any) -> None:
    class Gateway(library.Client):  # type: ignore[misc]
        """A class of the caller's, as SDKs derive one."""

    with serve(succeed) as server:
        http_client: Any = Gateway(headers={"x-team": "blue"}, trust_env=False)
        core = Core(calls.SETTINGS, api_key="test-key", base_url=server.url, http_client=http_client)
        core.call(calls.PAINT, FIELDS)
        http_client.close()
        head = server.received[0].head.lower()
    assert b"x-team: blue" in head
    assert b"user-agent: acme/1.2.3" in head


@pytest.mark.parametrize(
    ("core_class", "http_client", "name"),
    [
        (Core, httpx2.AsyncClient(), "httpx2"),
        (AsyncCore, httpx2.Client(), "httpx2"),
        (Core, object(), "builtins.object"),
    ],
)
def test_names_the_type_of_what_is_no_client(core_class: Any, http_client: object, name: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        core_class(calls.SETTINGS, api_key="test-key", http_client=http_client)
    assert name in str(caught.value)
    assert "httpx2" in str(caught.value.hint)


def test_streams_through_a_client_of_httpx2() -> None:
    def script(peer: Peer) -> None:
        for _ in range(2):
            succeed(peer)

    with serve(script) as server, httpx2.Client(trust_env=False) as http_client:
        core = Core(calls.SETTINGS, api_key="test-key", base_url=server.url, http_client=http_client)
        for _ in range(2):
            with core.stream(calls.PAINT, FIELDS) as stream:
                assert stream.result().content == calls.PNG
        assert len(server.connections) == 1


def test_both_libraries_have_what_the_types_of_http_client_ask_for() -> None:
    """The types session proves it for their annotations, this for what is there."""
    clients: list[HttpClient] = [httpx.Client(), httpx2.Client()]
    async_clients: list[AsyncHttpClient] = [httpx.AsyncClient(), httpx2.AsyncClient()]
    assert not any(client.is_closed for client in clients)
    assert not any(client.is_closed for client in async_clients)
