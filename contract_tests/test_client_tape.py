"""Every recorded exchange is made again by the built client: it sends the same, and reads the answer.

The routes of respx come from the tape, so a request that is not on it has no answer. Each exchange goes
through the method that the spec names for it, through the same method of `client.streaming`, and through the
raw layer, synchronously and under asyncio.
"""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eigen_contract.exchange import Response
from eigen_contract.tape import Tape, canonical
from eigen_generate import errors
from instances import EVENTS, results_of
from replaying import CONTRACT, Replay, TapeRoutes, called, raw, replays, sent_values, streamed
from test_client_reads import at, content_pointers

TAPE = Tape.load(Path(__file__).parent / "recordings")
REPLAYS = list(replays(TAPE))
SYNC_AND_ASYNC = pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])


def each(chosen: Callable[[Replay], bool]) -> pytest.MarkDecorator:
    """Parametrize a test with some of the exchanges."""
    cases = [pytest.param(replay, id=replay.exchange.label) for replay in REPLAYS if chosen(replay)]
    return pytest.mark.parametrize("replay", cases)


EVERY_SUCCESS = each(lambda replay: replay.is_success)
EVERY_WHOLE_ANSWER = each(lambda replay: replay.is_success and not replay.streams)
EVERY_REFUSAL = each(lambda replay: not replay.is_success)


def recorded_answer(routes: TapeRoutes, replay: Replay) -> Response:
    """Return the answer to the client's one request, which says what the recorded one does."""
    (exchange,) = routes.answered
    assert sent_values(exchange.request) == replay.values
    return exchange.response


def assert_is_read(replay: Replay, result: Any, response: Response) -> None:
    """A result is of an announced type, and holds what the tape has: bytes, text, id and fields."""
    announced = results_of(CONTRACT, replay.method)
    name = type(result).__name__
    assert name in announced
    described = dict(announced[name])
    if response.media_type != "application/json":
        assert (result.content, result.media_type) == (response.body, response.media_type)
        return
    body = json.loads(response.body)
    found = [at(body, pointer) for pointer in content_pointers(described) if at(body, pointer) is not None]
    if hasattr(result, "content"):
        assert result.content == base64.b64decode(found[0])
        return
    if hasattr(result, "text"):
        assert result.text == found[0]
    if "id" in described:
        assert result.id == at(body, described["id"]["pointer"])
    fields = {field: at(body, declared["pointer"]) for field, declared in described.get("fields", {}).items()}
    assert {field: getattr(result, field) for field in fields} == fields
    assert result.data == body


def samples_of(body: bytes, replay: Replay) -> bytes:
    """Return the audio of recorded events, read without the client: each `data:` line is one document."""
    (overload,) = replay.method.document["overloads"]
    described = CONTRACT.document["x-sdk"]["results"][overload["result"]]
    documents = [json.loads(line[5:]) for line in body.splitlines() if line.startswith(b"data:")]
    chunks = [
        document
        for document in documents
        if any(at(document, pointer) in described["chunk"]["types"] for pointer in described["type"])
    ]
    texts = [at(chunk, pointer) for chunk in chunks for pointer in described["chunk"]["pointers"]]
    return b"".join(base64.b64decode(text) for text in texts if isinstance(text, str))


def test_every_exchange_is_replayed_or_cannot_be_asked_for() -> None:
    left_out = {exchange.label for exchange in TAPE.exchanges} - {replay.exchange.label for replay in REPLAYS}
    assert REPLAYS
    assert {label for label in left_out if not label.startswith("refused ")} == set()


@SYNC_AND_ASYNC
@EVERY_SUCCESS
def test_a_method_reads_what_was_recorded(replay: Replay, asynchronous: bool) -> None:
    routes = TapeRoutes(TAPE)
    result, heard = called(routes, replay, asynchronous=asynchronous)
    response = recorded_answer(routes, replay)
    if replay.streams:
        assert response.media_type == EVENTS
        assert heard == samples_of(response.body, replay)
        assert heard
    else:
        assert_is_read(replay, result, response)


@SYNC_AND_ASYNC
@EVERY_WHOLE_ANSWER
def test_a_streamed_answer_is_what_was_recorded(replay: Replay, asynchronous: bool) -> None:
    routes = TapeRoutes(TAPE)
    result, media_type = streamed(routes, replay, asynchronous=asynchronous)
    response = recorded_answer(routes, replay)
    assert media_type == response.media_type
    assert_is_read(replay, result, response)


@SYNC_AND_ASYNC
@EVERY_SUCCESS
def test_the_raw_layer_sends_and_reads_exactly_what_was_recorded(replay: Replay, asynchronous: bool) -> None:
    routes = TapeRoutes(TAPE)
    answer = raw(routes, replay, asynchronous=asynchronous)
    (exchange,) = routes.answered
    assert canonical(exchange.request) == canonical(replay.exchange.request)
    assert (answer.status_code, answer.content) == (exchange.response.status, exchange.response.body)
    if exchange.response.media_type == "application/json":
        assert answer.parsed.to_dict() == json.loads(exchange.response.body)
    elif exchange.response.media_type != EVENTS:
        assert answer.parsed == exchange.response.body


@SYNC_AND_ASYNC
@EVERY_REFUSAL
def test_a_recorded_refusal_is_raised_with_its_status_and_body(replay: Replay, asynchronous: bool) -> None:
    for call in (called, streamed, raw):
        routes = TapeRoutes(TAPE)
        with pytest.raises(errors.StatusError) as caught:
            call(routes, replay, asynchronous=asynchronous)
        (exchange,) = routes.answered
        assert caught.value.status_code == exchange.response.status
        assert caught.value.body == exchange.response.body
        assert caught.value.data == json.loads(exchange.response.body)
