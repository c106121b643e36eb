"""Files as callers give them. Each of these is sent wrongly, or refused, by a client that is widely used."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigen_generate import EigenGenerateError
from eigen_generate._runtime.settings.options import Limits
from eigen_generate.errors import OutcomeUnknownError

from .answers import after_body, answer, end
from .clients import Mode, ask
from .kinds import IMAGE, MODEL, PICTURE, pieces
from .server import Act, Received, serve

FAILS: dict[str, Act] = {
    "500": answer(500),
    "503": answer(503),
    "disconnect": after_body(end),
    "429": answer(429, b"{}", "application/json", "Retry-After: 1"),
}
SKIPPED = b"the caller has read this" * 25
FLAT = PICTURE + bytes(300_000)


def _edit(source: Callable[[], Any]) -> Callable[[Any], Any]:
    def question(client: Any) -> Any:
        return client.images.edit(model=MODEL, prompt="p", image_file=source(), binary_response=True)

    return question


def _sent(mode: Mode, source: Callable[[], Any], *acts: Act, **options: Any) -> list[Received]:
    with serve(*acts, success=IMAGE.whole()) as server:
        assert ask(mode, server.url, _edit(source), **options).content == PICTURE
    return server.requests


@pytest.mark.parametrize("fails", FAILS.values(), ids=FAILS)
def test_a_stream_that_can_be_had_once_is_never_sent_without_its_bytes(mode: Mode, fails: Act) -> None:
    with serve(fails, success=IMAGE.whole()) as server, pytest.raises(EigenGenerateError) as caught:
        ask(mode, server.url, _edit(lambda: pieces(300_000)), retry_unknown=True)
    assert caught.value.attempts == 1
    assert [b"\0" * 1000 in request.body for request in server.requests] == [True]


@pytest.mark.parametrize("fails", FAILS.values(), ids=FAILS)
def test_a_path_is_sent_whole_again_by_those_who_allow_it(mode: Mode, fails: Act, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(FLAT)
    sent = _sent(mode, lambda: path, fails, retry_unknown=True)
    assert [FLAT in request.body for request in sent] == [True, True]


def test_an_open_file_is_sent_from_where_it_stands(mode: Mode) -> None:
    def source() -> io.BytesIO:
        stream = io.BytesIO(SKIPPED + PICTURE)
        stream.seek(len(SKIPPED))
        return stream

    assert len(SKIPPED) == 600
    for request in _sent(mode, source, FAILS["429"]):
        assert PICTURE in request.body
        assert SKIPPED not in request.body


def test_a_named_path_is_sent_under_its_name(mode: Mode, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(PICTURE)
    (request,) = _sent(mode, lambda: ("cat.png", path))
    assert PICTURE in request.body
    assert b'filename="cat.png"' in request.body


@pytest.mark.parametrize(
    "view",
    [memoryview(FLAT), memoryview(FLAT + b"!")[:-1], bytearray(FLAT), memoryview(FLAT[::-1])[::-1]],
    ids=["memoryview", "slice", "bytearray", "strided"],
)
def test_any_buffer_is_sent_as_its_bytes(mode: Mode, view: memoryview) -> None:
    (request,) = _sent(mode, lambda: view)
    assert FLAT in request.body


class OwnError(Exception):
    """What the caller's code raises while a file is taken from it."""


def _failing(error: Exception) -> Iterator[bytes]:
    yield FLAT
    raise error


@pytest.mark.parametrize(
    ("raised", "seen"),
    [
        (OwnError("mine"), OwnError),
        (httpx.ReadTimeout("of a download"), OutcomeUnknownError),
        (httpx.ConnectError("of a download"), OutcomeUnknownError),
    ],
    ids=repr,
)
def test_an_iterator_that_raises_costs_no_connection_and_the_outcome_is_told(
    mode: Mode, raised: Exception, seen: type[Exception]
) -> None:
    bad, good = _edit(lambda: _failing(raised)), _edit(lambda: PICTURE)

    async def ask_both(client: Any) -> Any:
        with pytest.raises(seen) as caught:
            await bad(client)
        told.append(caught.value)
        return await good(client)

    def ask_in_turn(client: Any) -> Any:
        with pytest.raises(seen) as caught:
            bad(client)
        told.append(caught.value)
        return good(client)

    told: list[Exception] = []
    question = ask_both if mode == "async" else ask_in_turn
    with serve(success=IMAGE.whole()) as server:
        found = ask(mode, server.url, question, limits=Limits(max_connections=1), timeout=5, max_retries=2)
    assert found.content == PICTURE
    assert [PICTURE in request.body for request in server.requests[-1:]] == [True]
    (error,) = told
    if isinstance(error, OutcomeUnknownError):
        assert error.attempts == 1
        assert (error.bytes_sent or 0) > len(FLAT)
        assert repr(raised) in str(error)
    else:
        assert error is raised
        assert "may have been carried out" in error.__notes__[0]
