"""Answers that are not as the contract says: a value in hand where one can be had, and what differs."""

from typing import Any

import httpx
import pytest

from generator.loading.json_data import is_list
from tests.generator.small_documents import SmallDocuments
from tests.generator.wire import Sent

ANSWERS = {
    "thing": "'200': {content: {application/json: {schema: @Thing}}}, '204': {}",
    "shape": "'200': {content: {application/json: {schema: {oneOf: [@Ring, @Cube]}}}}",
    "mapped": "'200': {content: {application/json: {schema: @Mapped}}}",
    # Used alone as well, so that no constant in the class says what the discriminator says.
    "cat": "'200': {content: {application/json: {schema: @Cat}}}, '201': {content: {text/plain: {}}}",
    "colour": "'200': {content: {application/json: {schema: {type: string, enum: [red, blue]}}}}",
    "listed": "'2XX': {content: {application/vnd.thing+json: {schema: {type: array, items: @Thing}}}}",
    "image": "'200': {content: {image/png: {schema: {type: string, format: binary}}}}",
    "octets": "'200': {content: {application/pdf: {}, application/octet-stream: {}}}",
    "text": "'200': {content: {text/csv: {schema: {type: string}}}}",
    "nothing": "'204': {}",
    "events": "'200': {content: {text/event-stream: {schema: {type: array, items: @Thing}}}}",
    "any_type": "default: {content: {'*/*': {schema: @Thing}}}",
    "leads": "'302': {headers: {Location: {schema: {type: string}}}}",
    "leads_or_not": "'200': {content: {application/json: {schema: @Thing}}}, 3XX: {}",
    "moved": "'200': {content: {application/json: {schema: @Thing}}}, "
    "'301': {content: {text/plain: {}}}, '304': {}",
}
SCHEMAS = """
components:
  schemas:
    Thing:
      type: object
      required: [id]
      properties:
        id: {type: integer}
        at: {type: string, format: date-time}
        size: {type: string, enum: [big, small]}
        shapes: {type: array, items: {oneOf: [@Ring, @Cube]}}
    Ring: {type: object, required: [kind], properties: {kind: {const: ring}, hue: {enum: [red, blue]}}}
    Cube: {type: object, required: [kind], properties: {kind: {const: cube}}}
    Cat: {type: object, required: [t], properties: {t: {type: string}, name: {type: string}}}
    Dog: {type: object, required: [t], properties: {t: {type: string}, name: {type: string}}}
    Mapped:
      oneOf: [@Cat, @Dog]
      discriminator: {propertyName: t, mapping: {cat: Cat, dog: Dog}}
"""
OPERATIONS = [
    f"  /{name}: {{get: {{operationId: {name}, responses: {{{text}}}}}}}" for name, text in ANSWERS.items()
]
DOCUMENT = "\n".join(["paths:", *OPERATIONS]) + SCHEMAS
JSON = "application/json"


def answer_of(small: SmallDocuments, name: str, status: int, body: Any, media_type: str) -> Any:
    """Return what `sync_detailed` gives for an answer; an empty media type sends no Content-Type."""
    client = small.build(DOCUMENT)
    api = client.api(api_key=None)
    api.wire.reply(status, body, media_type, location="/elsewhere")
    if not media_type:
        del api.wire.answer.headers["content-type"]
    return client.operation(name).sync_detailed(client=api.client)


@pytest.mark.parametrize(
    ("name", "status", "body", "media_type", "drift"),
    [
        # Values that the contract does not know.
        ("thing", 200, {"id": 1, "size": "huge"}, JSON, ["/size: expected 'big' or 'small', not 'huge'"]),
        ("thing", 200, {"id": 1, "shapes": [{"kind": "cone", "r": 2}]}, JSON, ["/shapes/0: "]),
        ("thing", 200, {"id": 1, "shapes": [{"kind": "ring", "hue": "grey"}]}, JSON, ["/shapes/0/hue: "]),
        ("shape", 200, {"kind": "cone"}, JSON, ["(the whole value): "]),
        ("mapped", 200, {"t": "bird", "name": "a"}, JSON, ["/t: expected 'cat' or 'dog', not 'bird'"]),
        ("cat", 200, {"t": "bird"}, JSON, []),
        ("colour", 200, "green", JSON, ["(the whole value): expected 'red' or 'blue'"]),
        # Statuses and media types that the contract does not know.
        ("thing", 200, {"id": 1}, "", ["the response has no Content-Type"]),
        ("thing", 200, {"id": 1}, "text/plain", ["the contract does not define text/plain"]),
        ("thing", 201, {"id": 1}, JSON, ["the contract does not define the status 201"]),
        (
            "thing",
            299,
            {"id": 1},
            "text/html",
            ["the contract does not define the status 299", "the contract"],
        ),
        ("listed", 203, [{"id": 1}], JSON, ["the contract does not define application/json"]),
        ("any_type", 200, {"id": 1}, JSON, []),
        ("image", 200, b"\xff\xd8", "image/jpeg", ["the contract does not define image/jpeg"]),
        (
            "image",
            200,
            b"\x89PNG",
            "application/octet-stream",
            ["the contract does not define application/octet"],
        ),
        ("octets", 200, b"%PDF-", "", ["the response has no Content-Type"]),
        ("text", 200, b"a,b", "text/plain", ["the contract does not define text/plain"]),
    ],
)
def test_a_value_is_had_and_what_differs_is_reported(
    small: SmallDocuments, name: str, status: int, body: Any, media_type: str, drift: list[str]
) -> None:
    response = answer_of(small, name, status, body, media_type)
    parsed = response.parsed
    data: Any = [item.to_dict() for item in parsed] if is_list(parsed) else parsed
    expected = body.decode() if isinstance(parsed, str) and isinstance(body, bytes) else body
    assert (data.to_dict() if hasattr(data, "to_dict") else data) == expected
    assert len(response.drift) == len(drift)
    assert all(map(str.startswith, response.drift, drift))
    assert response.status_code == status


@pytest.mark.parametrize(
    ("name", "status", "body", "media_type", "drift"),
    [
        ("nothing", 200, {"id": 1}, JSON, ["the contract does not define the status 200"]),
        ("thing", 202, b"", "", ["the contract does not define the status 202"]),
        ("image", 204, b"", "", ["the contract does not define the status 204"]),
        ("any_type", 202, b"", JSON, ["the contract does not define the status 202 without content"]),
        ("any_type", 204, b"", "", ["the contract does not define the status 204 without content"]),
        ("listed", 205, b"", "", ["the contract does not define the status 205 without content"]),
        ("thing", 204, b"", "", []),
        ("leads", 302, b"", "", []),
        ("leads_or_not", 307, b"", "", []),
    ],
)
def test_an_answer_without_a_value_is_none(
    small: SmallDocuments, name: str, status: int, body: Any, media_type: str, drift: list[str]
) -> None:
    response = answer_of(small, name, status, body, media_type)
    assert response.parsed is None
    assert list(response.drift) == drift
    assert response.headers["location"] == "/elsewhere"


@pytest.mark.parametrize(
    ("name", "status", "body", "media_type", "error"),
    [
        ("thing", 200, b"<html>Log in</html>", "text/html", "UnexpectedResponseError"),
        ("thing", 200, [1], JSON, "UnexpectedResponseError"),
        ("thing", 200, {"id": "1"}, JSON, "UnexpectedResponseError"),
        ("thing", 200, {"size": "big"}, JSON, "UnexpectedResponseError"),
        ("thing", 200, b"{", JSON, "UnexpectedResponseError"),
        ("image", 200, b"<!DOCTYPE html>", "", "UnexpectedResponseError"),
        ("octets", 200, {"error": "x"}, JSON, "UnexpectedResponseError"),
        ("moved", 301, b"moved", "text/plain", "StatusError"),
        ("moved", 304, b"", "", "StatusError"),
        ("leads", 303, b"", "", "StatusError"),
    ],
)
def test_an_answer_that_holds_no_value_is_an_error_that_keeps_it(
    small: SmallDocuments, name: str, status: int, body: Any, media_type: str, error: str
) -> None:
    with pytest.raises(Exception, match=f"GET /{name}: {status}") as caught:
        answer_of(small, name, status, body, media_type)
    assert type(caught.value).__name__ == error
    if isinstance(body, bytes):
        assert getattr(caught.value, "body", None) == body


def test_an_empty_answer_is_a_stream_without_events(
    small: SmallDocuments, caplog: pytest.LogCaptureFixture
) -> None:
    api = small.build(DOCUMENT).api(api_key=None)
    api.wire.reply(204)
    with api.client.events.events() as stream:
        assert list(stream) == []
    assert "the contract does not define the status 204 without content" in caplog.text


def test_no_documented_redirect_is_followed(small: SmallDocuments) -> None:
    client = small.build(DOCUMENT)
    api = client.api(api_key=None)
    api.wire.answer = httpx.Response(302, headers={"location": "http://127.0.0.1:9/thing"})
    assert api.call(client.operation("leads")) is None
    assert {request.target for request in api.wire.requests} == {"/leads"}
    assert isinstance(api.wire.sent, Sent)
