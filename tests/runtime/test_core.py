"""The client as an object: its options, its connections, its logs and its seam."""

import asyncio
import logging
import os
import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from generator import runtime
from generator.runtime import errors
from generator.runtime.client.core import Core
from generator.runtime.client.core_async import AsyncCore
from generator.runtime.contract import ArgumentGroup, SecurityScheme
from generator.runtime.response.unexpected import UnexpectedResponseError
from generator.runtime.settings.options import CallOptions
from tests.runtime import calls
from tests.runtime.calls import PNG, SETTINGS, URL, Timekeeper
from tests.runtime.faulty_server import Peer, serve

FIELDS = {"model": "m"}


class Transport(httpx.BaseTransport):
    """Answers with a picture, or raises; takes the request's body first, unless it raises before."""

    def __init__(self, *failures: tuple[type[Exception], int]) -> None:
        self.failures = list(failures)
        self.requests: list[tuple[httpx.Request, bytes]] = []
        self.closed = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream)
        body = iter(request.stream)
        if self.failures:
            kind, chunks = self.failures.pop(0)
            taken = b"".join(next(body, b"") for _ in range(chunks))
            self.requests.append((request, taken))
            raise kind("planted")
        self.requests.append((request, b"".join(body)))
        return httpx.Response(200, content=PNG, headers={"content-type": "image/png"})

    def close(self) -> None:
        self.closed = True


def core(transport: httpx.BaseTransport, client: httpx.Client | None = None, **options: Any) -> Core:
    client = client or httpx.Client(transport=transport)
    chosen: dict[str, Any] = {"clock": Timekeeper().clock(), "base_url": URL} | options
    return Core(SETTINGS, api_key="test-key", http_client=client, **chosen)


@pytest.mark.parametrize("kind", [Core, AsyncCore])
@pytest.mark.parametrize("given", [5, 0, "client", httpx.MockTransport(lambda _: httpx.Response(200))])
def test_refuses_an_http_client_of_another_type(kind: Any, given: object) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"^http_client: .* is not an httpx\.(Async)?Client"):
        kind(SETTINGS, api_key="test-key", base_url=URL, http_client=given)


def test_refuses_a_client_of_the_other_kind() -> None:
    given: Any = httpx.Client()
    with pytest.raises(errors.ConfigurationError, match=r"^http_client: .* is not an httpx\.AsyncClient"):
        AsyncCore(SETTINGS, api_key="test-key", base_url=URL, http_client=given)


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ([1], r"extra: a list is not a mapping"),
        ([], r"extra: a list is not a mapping"),
        ("seed", r"extra: a str is not a mapping"),
        ({1: 2}, r"extra: the name 1 is not a str"),
    ],
)
def test_refuses_what_is_no_mapping_of_names(extra: Any, words: str) -> None:
    transport = Transport()
    with pytest.raises(errors.ArgumentError, match="^" + words):
        core(transport).call(calls.PAINT, FIELDS, options=CallOptions(extra=extra))
    assert transport.requests == []


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("pictures.paint", {}, "prompt: pictures.paint needs exactly one of prompt, seed with mask"),
        ("", {}, "prompt: make needs exactly one of prompt, seed with mask"),
        (
            "pictures.paint",
            {"prompt": "p", "seed": 1, "mask": 2},
            "seed with mask: prompt is given too; pictures.paint takes exactly one of prompt, seed with mask",
        ),
    ],
)
def test_names_the_method_that_arguments_do_not_fit(name: str, fields: dict[str, Any], words: str) -> None:
    call = calls.PAINT._replace(
        name=name, argument_groups=(ArgumentGroup((("prompt",), ("seed", "mask")), exclusive=True),)
    )
    with pytest.raises(errors.ArgumentError, match="^" + re.escape(words) + "$"):
        core(Transport()).call(call, FIELDS | fields)


@pytest.mark.parametrize(
    "kind", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError]
)
def test_repeats_a_request_that_was_never_sent(kind: type[Exception]) -> None:
    transport = Transport((kind, 0), (kind, 0))
    assert core(transport).call(calls.PAINT, FIELDS).meta.attempts == 3
    for call in (calls.PAINT, calls.LISTING):
        with pytest.raises(errors.NotSentError):
            core(Transport(*[(kind, 0)] * 3)).call(call, FIELDS if call is calls.PAINT else {})


@pytest.mark.parametrize(
    "kind", [httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError, httpx.WriteTimeout]
)
def test_repeats_if_the_connection_broke_before_the_body(kind: type[Exception]) -> None:
    transport = Transport((kind, 0))
    assert core(transport).call(calls.PAINT, FIELDS).meta.attempts == 2


@pytest.mark.parametrize(
    "kind", [httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError, httpx.WriteTimeout]
)
def test_does_not_repeat_if_the_connection_broke_in_the_body(kind: type[Exception]) -> None:
    transport = Transport((kind, 1))
    with pytest.raises(errors.OutcomeUnknownError, match="planted") as caught:
        core(transport).call(calls.PAINT, FIELDS)
    assert len(transport.requests) == 1
    assert isinstance(caught.value.__cause__, httpx.HTTPError)


def test_repeats_an_unread_stream_that_can_be_read_once() -> None:
    transport = Transport((httpx.ConnectError, 0))
    core(transport).call(calls.PAINT, {"model": "m", "file": iter([PNG, b"more"])})
    assert PNG + b"more" in transport.requests[1][1]


def test_no_retries_means_one_attempt() -> None:
    with pytest.raises(errors.NotSentError) as caught:
        core(Transport((httpx.ConnectError, 0)), max_retries=0).call(calls.PAINT, FIELDS)
    assert caught.value.attempts == 1


@pytest.mark.parametrize(
    "options", [{"max_retries": -1}, {"max_retries": True}, {"max_elapsed": float("nan")}]
)
def test_options_are_checked(options: dict[str, Any]) -> None:
    with pytest.raises(errors.ArgumentError, match=next(iter(options))):
        core(Transport(), **options)


def test_timeouts_reach_httpx() -> None:
    transport = Transport()
    client = core(transport, timeout=5)
    client.call(calls.PAINT, FIELDS)
    client.call(calls.PAINT, FIELDS, options=CallOptions(timeout=None))
    client.with_options(timeout=20).call(calls.PAINT, FIELDS)
    core(transport).call(calls.PAINT._replace(timeout=180.0), FIELDS)
    reads = [request.extensions["timeout"] for request, _ in transport.requests]
    assert [limits["read"] for limits in reads] == [5, None, 20, 180]
    assert [limits["connect"] for limits in reads] == [5, None, 10, 10]


def test_a_copy_shares_the_connections_and_nothing_else() -> None:
    transport = Transport((httpx.ConnectError, 0))
    client = core(transport)
    copy = client.with_options(max_retries=0)
    with pytest.raises(errors.NotSentError):
        copy.call(calls.PAINT, FIELDS)
    transport.failures.append((httpx.ConnectError, 0))
    assert client.call(calls.PAINT, FIELDS).meta.attempts == 2


def test_a_callers_client_keeps_its_headers_and_stays_open() -> None:
    transport = Transport()
    headers = {
        "X-Trace": "t",
        "Authorization": "Basic other",
        "Content-Type": "text/csv",
        "User-Agent": "mine",
    }
    with httpx.Client(transport=transport, headers=headers, auth=("u", "p")) as own:
        client = core(transport, own)
        client.call(calls.PAINT, FIELDS)
        client.close()
        assert not transport.closed
    (request, _), *_rest = transport.requests
    assert request.headers.get_list("authorization") == ["Bearer test-key"]
    assert request.headers.get_list("content-type") == ["application/json"]
    assert request.headers["x-trace"] == "t"
    assert request.headers["user-agent"] == "mine"


def test_a_closed_client_refuses_calls() -> None:
    client = Core(SETTINGS, api_key="test-key", base_url=URL)
    client.close()
    with pytest.raises(errors.ConfigurationError, match="closed"):
        client.call(calls.PAINT, FIELDS)


def test_the_key_can_go_into_the_query() -> None:
    transport = Transport()
    operation = calls.STATUS.operation._replace(security=(SecurityScheme("apiKey", "key", "query"),))
    with pytest.raises(UnexpectedResponseError):
        core(transport).call(calls.STATUS._replace(operation=operation), {}, parameters={"model": "m"})
    assert transport.requests[0][0].url.query == b"model=m&key=test-key"


def test_the_raw_layer_gives_the_answer_as_it_is() -> None:
    transport = Transport()
    raw = core(transport).send(calls.PAINT, FIELDS, options=CallOptions(media_type="multipart/form-data"))
    assert (raw.status_code, raw.content, raw.media_type) == (200, PNG, "image/png")
    assert b'name="model"\r\n\r\nm\r\n' in transport.requests[0][1]
    assert "bytes" in repr(raw)


def test_the_error_keeps_an_answer_that_is_no_stream() -> None:
    with pytest.raises(UnexpectedResponseError, match="expected text/event-stream") as caught:
        core(Transport()).open(calls.SPEAK, FIELDS)
    assert caught.value.body == PNG


def test_a_refused_stream_raises_with_the_message() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(400, json={"error": "no voice"}))
    with pytest.raises(errors.BadRequestError, match="no voice"):
        core(transport).open(calls.SPEAK, FIELDS)


def test_an_iterator_that_turns_out_to_give_no_bytes_is_named() -> None:
    chunks = iter([PNG, 7])
    with pytest.raises(errors.OutcomeUnknownError, match="file: an iterator must give bytes, not int"):
        core(Transport()).call(calls.PAINT, {"file": chunks})


def test_logs_neither_content_nor_key(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="acme"):
        core(Transport((httpx.ConnectError, 0))).call(calls.PAINT, {"model": "m", "prompt": "private"})
    lines = [record.getMessage() for record in caplog.records if record.name == "acme"]
    assert len(lines) == 2
    assert re.fullmatch(
        r"POST /v1/make -> 200, attempt 2, sent 32 bytes, received 72 bytes, \d+ ms", lines[1]
    )
    assert "private" not in caplog.text
    assert "test-key" not in caplog.text
    assert "test-key" not in repr(core(Transport()))


def test_only_the_room_http_knows_httpx() -> None:
    folder = Path(next(iter(runtime.__path__)))
    knowing = {
        path.relative_to(folder).parts[0]
        for path in folder.rglob("*.py")
        if re.search(r"(?m)^(import|from) httpx", path.read_text())
    }
    assert knowing == {"http"}


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.bin"
    path.write_bytes(b"x")
    os.truncate(path, 32 * 1024 * 1024)
    return path


def _swallow(peer: Peer) -> None:
    """Take a large body without keeping it, so that only the client's memory counts."""
    file = peer.connection.makefile("rb")
    length = 0
    for line in iter(file.readline, b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    buffer = bytearray(65536)
    while length > 0 and (count := file.readinto(buffer[: min(65536, length)])):
        length -= count
    peer.answer(200, PNG, "Content-Type: image/png")


@pytest.fixture
def peak() -> Iterator[list[int]]:
    """Gives a list that holds the highest number of bytes in use once the block is over."""
    found: list[int] = []
    tracemalloc.start()
    yield found
    tracemalloc.stop()


def test_a_large_upload_takes_constant_memory(large: Path, peak: list[int]) -> None:
    with serve(_swallow) as server:
        client = Core(SETTINGS, api_key="test-key", base_url=server.url)
        tracemalloc.reset_peak()
        client.call(calls.PAINT, {"model": "m", "file": large})
        peak.append(tracemalloc.get_traced_memory()[1])
        client.close()
    assert peak[0] < 4 * 1024 * 1024


def _pour(peer: Peer) -> None:
    """Answer with 32 MiB, none of which is kept here."""
    peer.read()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {512 * 65536}\r\n\r\n"
    peer.send(head.encode())
    for _ in range(512):
        peer.send(bytes(65536))


def test_a_large_answer_is_held_once(peak: list[int]) -> None:
    with serve(_pour) as server:
        client = Core(SETTINGS, api_key="test-key", base_url=server.url)
        tracemalloc.reset_peak()
        image = client.call(calls.PAINT, FIELDS)
        peak.append(tracemalloc.get_traced_memory()[1])
        client.close()
    assert len(image) == 512 * 65536
    assert peak[0] < 1.5 * len(image)


def test_a_large_upload_takes_constant_memory_in_asyncio_too(large: Path, peak: list[int]) -> None:
    async def main(url: str) -> None:
        client = AsyncCore(SETTINGS, api_key="test-key", base_url=url)
        tracemalloc.reset_peak()
        await client.call(calls.PAINT, {"model": "m", "file": large})
        peak.append(tracemalloc.get_traced_memory()[1])
        await client.close()

    with serve(_swallow) as server:
        asyncio.run(main(server.url))
    assert peak[0] < 4 * 1024 * 1024
