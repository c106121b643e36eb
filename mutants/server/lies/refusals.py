"""Lies about what a server refuses, about keys, and about the media type of an answer."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve

from mutants.server.lies.planting import Lie, in_answers, in_requests
from mutants.server.requests import GENERATE, JSON, document_of, value_of, with_value
from mutants.server.rewriting import KEY, Answer, Call, Planting, refusal

STATUS = f"{GENERATE}/status"
RESULT = f"{GENERATE}/result"
UPLOAD = f"{GENERATE}/upload"


def refusal_lies() -> Iterator[Lie]:
    """Refuse otherwise than promised, or fail, or take what is to be refused."""
    for name, body, label in (
        ("an error without a body", b"", None),
        ("an error as HTML", b"<h1>Bad Request</h1>", "text/html"),
        ("an error without a message", b'{"ok": false}', JSON),
        ("an error as text", b"Bad Request", "text/plain"),
    ):
        yield refusing(name, in_answers(instead(body, label), status=400))
    for was, status in ((400, 422), (400, 500), (400, 200), (415, 400), (404, 200), (405, 404), (413, 500)):
        yield refusing(f"{was} as {status}", Planting(answer=restated(was, status)))
    for name, value in {"width": None, "seed": None, "prompt": None, "text": None, "frame_num": None}.items():
        yield refusing(f"a failure at {name} null", in_requests(failing_at(name, value)))
    yield refusing("a failure at a text for a number", in_requests(failing_at("width", "many")))
    for name in ("width", "height", "infer_steps"):
        yield refusing(f"{name} of any size", in_requests(clamped(name)))
    yield refusing("a request without a prompt", in_requests(with_default("prompt", "a picture")))
    yield refusing("half a JSON document", in_requests(repaired))
    yield refusing("a job that never was", Planting(answer=invented))
    yield refusing("a stack trace", Planting(answer=traced))
    yield Lie("acceptance", "an unknown property refused", in_requests(choosy))


def refusing(name: str, planting: Planting) -> Lie:
    return Lie("refusal", name, planting, "refusals")


def instead(body: bytes, label: str | None) -> Callable[[Answer], Answer]:
    return lambda given: evolve(given, body=body).with_header("content-type", label)


def restated(was: int, status: int) -> Callable[[Call, Answer], Answer]:
    return lambda _, given: evolve(given, status=status) if given.status == was else given


def failing_at(name: str, value: Any) -> Callable[[Call], Call | Answer]:
    def request(call: Call) -> Call | Answer:
        document = document_of(call) if call.media_type == JSON else {}
        return refusal(500) if name in document and document[name] == value else call

    return request


def clamped(name: str) -> Callable[[Call], Call]:
    """Bring a number into its bounds in place of a refusal."""
    least, most = (1, 20) if name == "infer_steps" else (512, 2048)

    def request(call: Call) -> Call:
        try:
            value = int(value_of(call, name))
        except (TypeError, ValueError):
            return call
        return with_value(call, name, min(max(value, least), most))

    return request


def with_default(name: str, value: str) -> Callable[[Call], Call]:
    def request(call: Call) -> Call:
        document = document_of(call) if call.media_type == JSON else {}
        is_short = bool(document) and name not in document and "text" not in document
        return evolve(call, body=json.dumps({**document, name: value}).encode()) if is_short else call

    return request


def repaired(call: Call) -> Call:
    if call.media_type != JSON or document_of(call) or not call.body.startswith(b"{"):
        return call
    return evolve(call, body=b'{"model": "eigen-image", "prompt": "a picture"}')


def invented(call: Call, given: Answer) -> Answer:
    if (call.path, given.status) != (STATUS, 404):
        return given
    return given.with_document({"task_id": "any", "status": "pending"}, 200)


def traced(call: Call, given: Answer) -> Answer:
    del call
    trace = 'Traceback (most recent call last):\n  File "/srv/app.py", line 7, in generate'
    return given.with_document({"message": trace}) if given.status == 400 else given


def choosy(call: Call) -> Call | Answer:
    return refusal(400) if value_of(call, "not_known_yet") is not None else call


def key_lies() -> Iterator[Lie]:
    """Leave a door open, or refuse otherwise."""
    for path in (GENERATE, STATUS, RESULT, UPLOAD):
        yield refusing(f"no key is asked for at {path}", Planting(opened(path)))
    yield refusing("401 as 403", Planting(answer=restated(401, 403)))
    yield refusing("no challenge", in_answers(unchallenged, status=401))


def opened(path: str) -> Callable[[Call], Call]:
    return lambda call: call.with_header(b"authorization", KEY) if call.path == path else call


def unchallenged(given: Answer) -> Answer:
    return given.with_header("www-authenticate", None)


def label_lies() -> Iterator[Lie]:
    """Label answers otherwise than they are."""
    for label in ("application/octet-stream", "text/html", "binary/octet-stream", None):
        yield Lie("label", f"a sound as {label}", in_answers(labelled("audio/", label)))
        yield Lie("label", f"JSON as {label}", in_answers(labelled(JSON, label)))
    yield Lie("label", "a stream as text", in_answers(labelled("text/event-stream", "text/plain")))
    yield Lie(
        "label", "a video as octets", in_answers(labelled("video/", "application/octet-stream"), RESULT)
    )
    yield Lie("label", "201 for 200", Planting(answer=restated(200, 201)))
    yield Lie(
        "label",
        "credits in words",
        in_answers(lambda given: given.with_header("x-credits-remaining", "many")),
    )


def labelled(kind: str, label: str | None) -> Callable[[Answer], Answer]:
    return lambda given: (
        given.with_header("content-type", label) if given.media_type.startswith(kind) else given
    )
