"""A mock that is not ours reads `openapi.yaml`, and what the client sends. Run by `./dev -s steady`.

Where Steady differs from our judge, the reason is written here, and one that is true no more fails. What is
sent is also put to a mock of its variant alone, because under a `oneOf` Steady reads no types in a form.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from attrs import evolve

import steady
from calling import Method, argument
from eigen_contract.compose import FORM, JSON, Upload, compose, query, text_of
from eigen_contract.examples import examples
from eigen_contract.exchange import Request
from eigen_contract.oracle import Oracle
from eigen_contract.scenarios import walk
from eigen_contract.shapes import items, members
from eigen_contract.spec import Body, Contract, Operation, Variant, find_spec
from eigen_contract.targets.target import authorization
from eigen_generate import errors
from instances import EVENTS, least_arguments
from test_client_reads import METHODS
from test_client_sends import SERVED

CONTRACT = Contract.load()
OPERATIONS = {operation.id: operation for operation in CONTRACT.operations}
BODIES = [
    pytest.param(operation, body, variant, id=f"{body.media_type.partition('/')[2]}-{variant.name}")
    for operation in CONTRACT.operations
    for body in operation.bodies.values()
    for variant in body.variants
]
RIGHT = compose(OPERATIONS["generate"], JSON, {"model": "m", "prompt": "p"})
FORM_OF_TEXTS = (
    "Under a oneOf, Steady reads a part of a form as a text, whatever its type: neither 15 nor a list of one."
)
NO_KEYS = "Steady passes over `security`."
FORBIDDEN: dict[str, tuple[Request, str]] = {
    "no key": (evolve(RIGHT, auth="missing"), NO_KEYS),
    "another scheme": (evolve(RIGHT, auth="wrong-scheme"), NO_KEYS),
    "another method": (evolve(RIGHT, method="PUT"), ""),
    "another path": (evolve(RIGHT, target="/api/v1/generated"), ""),
    "another type": (evolve(RIGHT, headers=(("content-type", "text/plain"),)), ""),
    "a form that says it is JSON": (evolve(RIGHT, headers=(("content-type", f"{FORM}; boundary=x"),)), ""),
    "half a document": (evolve(RIGHT, body=RIGHT.body[:-3]), ""),
    "no body": (evolve(RIGHT, body=b""), ""),
    "NaN": (evolve(RIGHT, body=RIGHT.body[:-1] + b', "seed": NaN}'), ""),
    "a query without a model": (query(OPERATIONS["getStatus"], {"jobId": "j"}), ""),
    "a query without a job": (query(OPERATIONS["getResult"], {"model": "m"}), ""),
}
"""What is forbidden beside wrong members, and why Steady takes it where it does."""
A_WORD = "Steady makes a word of every text: whether that is base64, its letters decide."
FIRST_SHAPE = "Of an anyOf, Steady always makes the first, which is a picture's."
ANSWERS: dict[tuple[str, str], str] = {
    ("images.generate", "image/png"): "",
    ("images.generate", JSON): A_WORD,
    ("images.edit", "image/webp"): "",
    ("images.edit", JSON): A_WORD,
    ("audio.transcribe", "text/plain"): "",
    ("audio.transcribe", JSON): FIRST_SHAPE,
    ("audio.speak", "audio/mpeg"): "",
    ("audio.speak", "text/event-stream"): "Steady passes over `contentSchema`: its events are words.",
    ("audio.upload_voice", JSON): "",
    ("videos.generate", "video/mp4"): "",
    ("videos.generate", JSON): FIRST_SHAPE,
    ("videos.status", JSON): "",
    ("videos.result", "video/mp4"): "",
}
"""Answers that Steady is asked for, and why the client cannot read one. A file of Steady's holds a word."""


@pytest.fixture(scope="module")
def whole() -> Iterator[str]:
    """Serve a mock of the contract as it stands."""
    with steady.mock(find_spec()) as url:
        yield url


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a mock that has each variant at a path of its own."""
    spec = tmp_path_factory.mktemp("steady") / "apart.json"
    spec.write_text(json.dumps(steady.apart(CONTRACT)), encoding="utf-8")
    with steady.mock(spec) as url:
        yield url


def answer_to(url: str, request: Request, **headers: str) -> httpx.Response:
    sent = [*request.headers, *authorization(request.auth, steady.KEY), *headers.items()]
    with httpx.Client(verify=False) as client:
        return client.request(request.method, url + request.target, headers=sent, content=request.body)


def faults_of(url: str, request: Request) -> list[str]:
    return steady.faults(answer_to(url, request).headers)


def is_base64(word: str) -> bool:
    """Whether bytes can be had of a text: it may lack its padding, but no letter that would be alone."""
    letters = word.rstrip("=")
    return re.fullmatch(r"[\w+/-]+", letters, re.ASCII) is not None and len(letters) % 4 != 1


def assert_judged(faults: list[str], accepted: bool, reason: str = "") -> None:
    """Steady judges as the contract does, or otherwise and for the reason that is given."""
    if reason:
        assert accepted == bool(faults), f"Steady agrees now: take the reason away: {reason}"
    else:
        assert accepted == (not faults), f"the contract {'takes' if accepted else 'forbids'} it: {faults}"


def as_texts(item: Any) -> Any:
    """Read a member of a form as Steady does under a oneOf."""
    texts = [text_of(single) for single in items(item)] if isinstance(item, list) else [text_of(item)]
    return texts if len(texts) > 1 else texts[0]


def reason_for(oracle: Oracle, operation: Operation, request: Request) -> str:
    """Say why Steady refuses a form that the contract takes, if it does: as texts its parts are not valid."""
    body = operation.bodies[request.media_type]
    wire = oracle.judge(request).wire
    if body.media_type != FORM or "oneOf" not in body.schema or wire is None:
        return ""
    read = {name: as_texts(item) for name, item in members(wire.instance).items()}
    return "" if oracle.validators.is_valid(body.schema, body.pointer, read) else FORM_OF_TEXTS


@pytest.mark.parametrize(("operation", "body", "variant"), BODIES)
def test_steady_takes_and_refuses_what_the_contract_does(
    operation: Operation, body: Body, variant: Variant, oracle: Oracle, whole: str, apart: str
) -> None:
    for value in walk.values_of(CONTRACT, body, variant):
        request = compose(operation, body.media_type, value)
        verdict = oracle.judge(request)
        accepted = verdict.ruling != "refuse"
        reason = reason_for(oracle, operation, request) if accepted else ""
        assert_judged(faults_of(whole, request), accepted, reason)
        assert_judged(faults_of(f"{apart}/{variant.name}", request), variant in verdict.variants)


@pytest.mark.parametrize("name", FORBIDDEN)
def test_steady_refuses_what_else_the_contract_forbids(name: str, oracle: Oracle, whole: str) -> None:
    request, reason = FORBIDDEN[name]
    assert oracle.judge(request).ruling == "refuse"
    assert bool(faults_of(whole, request)) == (not reason), (
        f"it is refused now: {reason}" if reason else "it is taken"
    )


def values_for(method: Method, variant: Variant, oracle: Oracle) -> Iterator[dict[str, Any]]:
    """Yield the examples of a variant, and every member that it declares with every value of the walk."""
    for example in examples(CONTRACT):
        if variant in oracle.judge(example.request).variants:
            yield {**example.filled}
    base = walk.smallest(CONTRACT, variant)
    for name in variant.properties:
        groups = [group for group in method.document.get("exclusive", ()) if name in group]
        rest = {other: value for other, value in base.items() if not any(other in group for group in groups)}
        for value in walk.right(CONTRACT, variant, name):
            yield {**rest, name: value}


def sent_as(method: Method, variant: Variant, request: Request) -> str:
    """Name a request's variant: the one it is made for, or that of the same job under the request's type."""
    known = {known.name for known in method.operation.bodies[request.media_type].variants}
    return next(str(name) for name in (variant.name, *method.document["variants"]) if name in known)


def handed(value: Any, folder: Path | None) -> Any:
    """Hand a file over as bytes or, if there is a folder, as the path of a file in it."""
    if folder is None or not isinstance(value, Upload):
        return argument(value)
    (folder / value.filename).write_bytes(value.data)
    return folder / value.filename


@pytest.mark.parametrize("files", ["bytes", "paths"])
@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize(("method", "variant"), SERVED)
def test_steady_takes_what_the_client_sends(
    method: Method,
    variant: Variant,
    asynchronous: bool,
    files: str,
    oracle: Oracle,
    whole: str,
    apart: str,
    tmp_path: Path,
) -> None:
    folder = tmp_path if files == "paths" else None
    for given in values_for(method, variant, oracle):
        values = {name: handed(value, folder) for name, value in given.items()}
        heard, _ = steady.call(whole, method, values, asynchronous=asynchronous)
        assert heard.request is not None, f"{method} sends nothing of {values}"
        assert_judged(heard.faults, True, reason_for(oracle, method.operation, heard.request))
        alone = f"{apart}/{sent_as(method, variant, heard.request)}"
        heard, _ = steady.call(alone, method, values, asynchronous=asynchronous)
        assert_judged(heard.faults, True)


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize(("name", "accept"), ANSWERS)
def test_the_client_reads_what_steady_answers(name: str, accept: str, asynchronous: bool, whole: str) -> None:
    (method,) = [method for method in METHODS if str(method) == name]
    reason = ANSWERS[name, accept]
    values = least_arguments(CONTRACT, method) | ({"stream": True} if accept == EVENTS else {})
    heard, result = steady.call(whole, method, values, accept, asynchronous=asynchronous)
    assert heard.request is not None, "the client sends nothing"
    if reason == A_WORD:
        (word,) = answer_to(whole, heard.request, accept=accept).json().values()
        assert isinstance(result, errors.UnexpectedResponseError) != is_base64(word), (word, result)
    elif reason:
        assert isinstance(result, errors.UnexpectedResponseError), f"it is read now: take away: {reason}"
    else:
        assert type(result).__name__ in method.document["results"], result
        assert getattr(result, "content", "no file"), "a file came without its bytes"
