"""A key that goes into the query is on the wire, and nowhere else."""

import logging
from typing import Any

import pytest

from generator.runtime.contract import Call, Operation, RecordReading, SecurityScheme
from generator.runtime.response.results import Record
from tests.runtime.connecting import Client
from tests.runtime.faulty_server import Peer, serve

KEY = "test-key"
LIST = Call(
    Operation("list", "GET", "/v1/list", security=(SecurityScheme("apiKey", "key", "query"),)),
    readings=(RecordReading(Record),),
)


def _http_client(client: Client, **options: Any) -> Any:
    # No connection is left open, which would warn when it is collected.
    options["limits"] = client.library.Limits(max_keepalive_connections=0)
    http_class = client.library.Client if client.kind == "sync" else client.library.AsyncClient
    return http_class(**options)


def answer(peer: Peer) -> None:
    peer.read()
    peer.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")


@pytest.mark.parametrize("owner", ["own", "callers"])
def test_the_library_logs_the_url_without_the_key(
    client: Client, owner: str, caplog: pytest.LogCaptureFixture
) -> None:
    options: dict[str, Any] = {}
    if owner == "callers":
        options["http_client"] = _http_client(client)
    with serve(answer) as server, caplog.at_level(logging.DEBUG):
        client.call(server.url, LIST, {}, **options)
    assert server.received[0].head.startswith(b"GET /v1/list?key=test-key HTTP/1.1")
    assert "/v1/list?key=" in caplog.text
    assert KEY not in caplog.text


def test_tracing_that_copies_the_url_sees_no_key(client: Client) -> None:
    seen: list[object] = []

    def note(request: Any) -> None:
        seen.extend((request.url, client.library.URL(request.url)))

    async def note_later(request: Any) -> None:
        note(request)

    hook = note if client.kind == "sync" else note_later
    http = _http_client(client, event_hooks={"request": [hook]})
    with serve(answer) as server:
        client.call(server.url, LIST, {}, http_client=http)
    assert len(seen) == 2
    assert not any(KEY in f"{url} {url!r}" for url in seen)
