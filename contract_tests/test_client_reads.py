"""The built client reads what the spec promises, and raises on what it does not promise."""

import asyncio
import base64
import json
from fnmatch import fnmatch
from typing import Any

import httpx
import pytest
import respx

from calling import Method, methods
from eigen_contract.decoding import decode
from eigen_contract.oracle import Oracle
from eigen_contract.shapes import members
from eigen_contract.spec import Contract
from eigen_generate import AsyncEigenGenerate, EigenGenerate, EigenGenerateError, errors
from instances import (
    EVENTS,
    JSON,
    TEXT,
    instance,
    least_arguments,
    media,
    results_of,
    sample_type,
    shapes,
    success,
)

KEY = "test-key"
BASE_URL = "https://client.invalid"
CONTRACT = Contract.load()
METHODS = methods(CONTRACT)
UNKNOWN = {"not_known_yet": [1]}
"""A property that the spec does not name, and that no client may lose or stumble over."""


def answered(method: Method, response: httpx.Response, *, asynchronous: bool = False) -> Any:
    """Call a method over a mocked transport that gives one answer."""
    router = respx.MockRouter()
    router.route().mock(return_value=response)
    values = least_arguments(CONTRACT, method)
    if not asynchronous:
        with httpx.Client(transport=httpx.MockTransport(router.handler)) as http_client:
            client = EigenGenerate(api_key=KEY, base_url=BASE_URL, http_client=http_client, max_retries=0)
            return method.of(client)(**values)

    async def call() -> Any:
        async with httpx.AsyncClient(transport=httpx.MockTransport(router.async_handler)) as http_client:
            client = AsyncEigenGenerate(
                api_key=KEY, base_url=BASE_URL, http_client=http_client, max_retries=0
            )
            return await method.of(client)(**values)

    return asyncio.run(call())


def at(value: Any, pointer: str) -> Any:
    """Return what is at a JSON pointer; None if there is nothing."""
    for name in pointer.removeprefix("/").split("/"):
        value = members(value).get(name)
    return value


def content_pointers(result: dict[str, Any]) -> list[str]:
    """Return where a result is found in JSON; any one of the places will do."""
    return [*result.get("base64", ()), *result.get("text", ())]


def pointers(result: dict[str, Any]) -> list[str]:
    """Return the places of which a result needs one: its content, its id, or a field that it requires."""
    identifier = [result["id"]["pointer"]] if "id" in result else []
    fields = [field["pointer"] for field in result.get("fields", {}).values() if field.get("required")]
    return [*content_pointers(result), *identifier, *fields]


def expected_result(method: Method, body: Any) -> str | None:
    """Return the name of the announced result that can be had from a JSON body; None if there is none."""
    for name, result in results_of(CONTRACT, method).items():
        if any(at(body, pointer) is not None for pointer in pointers({**result})):
            return name
    return None


JSON_CASES = [
    pytest.param(method, shape, id=f"{method}-{name}")
    for method in METHODS
    for name, shape in shapes(CONTRACT, method).items()
]
MEDIA = [
    (method, media_type)
    for method in METHODS
    for media_type in success(method)
    if media_type not in (JSON, EVENTS)
]
MEDIA_CASES = [pytest.param(*case, id=f"{case[0]}-{case[1]}") for case in MEDIA]
EVERY_METHOD = pytest.mark.parametrize("method", METHODS, ids=str)
SYNC_AND_ASYNC = pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])


@pytest.mark.parametrize(("method", "shape"), JSON_CASES)
def test_the_body_of_a_shape_is_what_the_spec_describes(
    method: Method, shape: dict[str, Any], oracle: Oracle
) -> None:
    body = instance(CONTRACT, shape, media(sample_type(CONTRACT, method)))
    assert oracle.validators.is_valid(shape, json.dumps(shape), body)
    properties, required = CONTRACT.merged(shape)
    assert set(body) == set(properties) >= required


@pytest.mark.parametrize("media_type", sorted({media_type for _, media_type in MEDIA}))
def test_the_media_of_a_documented_type_is_real(media_type: str) -> None:
    assert decode(media(media_type), media_type) or media_type.startswith("text/")


@SYNC_AND_ASYNC
@pytest.mark.parametrize(("method", "shape"), JSON_CASES)
def test_a_documented_shape_gives_its_result_or_raises(
    method: Method, shape: dict[str, Any], asynchronous: bool
) -> None:
    sample = sample_type(CONTRACT, method)
    body = {**instance(CONTRACT, shape, media(sample)), **UNKNOWN}
    response = httpx.Response(200, json=body)
    expected = expected_result(method, body)
    if expected is None:
        with pytest.raises(errors.UnexpectedResponseError):
            answered(method, response, asynchronous=asynchronous)
        return
    result = answered(method, response, asynchronous=asynchronous)
    assert type(result).__name__ == expected
    assert_nothing_lost(result, body)
    assert_content(method, result, body, sample)


def assert_nothing_lost(result: Any, body: dict[str, Any]) -> None:
    """Every property is in the data of a result, except the base64 that became its content."""
    missing = {name: value for name, value in body.items() if result.data.get(name, value) != value}
    assert not missing
    assert {name: result.data[name] for name in UNKNOWN} == UNKNOWN


def assert_content(method: Method, result: Any, body: dict[str, Any], sample: str) -> None:
    """The content of a result is what the body holds at one of its places, decoded."""
    described = results_of(CONTRACT, method)[type(result).__name__]
    found = [
        at(body, pointer) for pointer in content_pointers({**described}) if at(body, pointer) is not None
    ]
    if hasattr(result, "content"):
        assert result.content == base64.b64decode(found[0])
        assert result.media_type == sample
    elif hasattr(result, "text"):
        assert result.text == found[0]


@SYNC_AND_ASYNC
@pytest.mark.parametrize(("method", "media_type"), MEDIA_CASES)
def test_a_documented_media_type_gives_its_result_or_raises(
    method: Method, media_type: str, asynchronous: bool
) -> None:
    response = httpx.Response(200, content=media(media_type), headers={"content-type": media_type})
    expected = [
        name
        for name, result in results_of(CONTRACT, method).items()
        if any(fnmatch(media_type, pattern) for pattern in result.get("media_types", []))
    ]
    if not expected:
        with pytest.raises(errors.UnexpectedResponseError):
            answered(method, response, asynchronous=asynchronous)
        return
    result = answered(method, response, asynchronous=asynchronous)
    assert type(result).__name__ in expected
    if hasattr(result, "text"):
        assert result.text == TEXT
    else:
        assert (result.content, result.media_type.lower()) == (media(media_type), media_type)


def placed(pointer: str, value: object) -> dict[str, Any]:
    """Make an object that holds a value at a JSON pointer."""
    made: Any = value
    for name in reversed(pointer.removeprefix("/").split("/")):
        made = {name: made}
    return {**made}


def everywhere(**values: object) -> dict[str, Any]:
    """Make an object that holds a value wherever a result of the spec has its `base64`, `text` or `id`."""
    made: dict[str, Any] = {}
    for result in CONTRACT.document["x-sdk"]["results"].values():
        identifier = [result["id"]["pointer"]] if "id" in result else []
        places = {"base64": result.get("base64", ()), "text": result.get("text", ()), "id": identifier}
        for kind, value in values.items():
            for pointer in places[kind]:
                made |= placed(pointer, value)
    return made


HOLED = base64.b64encode(media("image/png")).decode().replace("AA", "A!A", 1)
"""Base64 with a character of no alphabet in its midst, without which it would decode."""
# A number as an id is not among them: the client takes it as text, rather than lose what was paid for.
NO_RESULTS = {
    "html": httpx.Response(200, html="<p>Log in</p>"),
    "no properties": httpx.Response(200, json={}),
    "a list": httpx.Response(200, json=[]),
    "other types": httpx.Response(200, json=everywhere(base64=5, text=5, id=[5])),
    "no base64": httpx.Response(200, json=everywhere(base64="!")),
    "letters of no base64": httpx.Response(200, json=everywhere(base64="ä")),
    "base64 with a hole": httpx.Response(200, json=everywhere(base64=HOLED)),
    "cut short": httpx.Response(200, content=b"{", headers={"content-type": JSON}),
    "empty": httpx.Response(200, content=b"", headers={"content-type": "image/png"}),
}


@EVERY_METHOD
@pytest.mark.parametrize("answer", NO_RESULTS)
def test_what_holds_no_result_raises(method: Method, answer: str) -> None:
    kept = NO_RESULTS[answer]
    response = httpx.Response(kept.status_code, headers=kept.headers, content=kept.content)
    with pytest.raises(errors.UnexpectedResponseError):
        answered(method, response)


ERROR_CASES = [
    pytest.param(method, int(status), id=f"{method}-{status}")
    for method in METHODS
    for status in method.operation.responses
    if status.isdecimal() and not status.startswith("2")
]


@pytest.mark.parametrize(("method", "status"), ERROR_CASES)
def test_a_documented_error_is_raised_with_its_message(method: Method, status: int) -> None:
    response = httpx.Response(status, json={"error": {"message": "what is wrong", "field": "prompt"}})
    with pytest.raises(EigenGenerateError, match="what is wrong") as caught:
        answered(method, response)
    assert isinstance(caught.value, errors.StatusError)
    assert caught.value.status_code == status
