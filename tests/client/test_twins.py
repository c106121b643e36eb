"""The methods for asyncio are those for threads, to callers, to `help` and to `inspect`."""

import asyncio
import inspect
import sys
from typing import Any

import pytest

from eigen_generate import AsyncEigenGenerate, EigenGenerate
from tests.client.answering import DRAW, PNG, says
from tests.editor.expected import METHODS

NAMES = [(method.resource, method.name) for method in METHODS]
SENDING = [(method.resource, method.name) for method in METHODS if method.sends_one_request]
STREAMING = {(method.resource, method.name) for method in METHODS if method.overloads}


def twins(resource: str, method: str) -> tuple[Any, Any]:
    kinds = (EigenGenerate, AsyncEigenGenerate)
    own, other = (kind(api_key="test-key", base_url="http://127.0.0.1:9") for kind in kinds)
    return getattr(getattr(own, resource), method), getattr(getattr(other, resource), method)


@pytest.mark.parametrize(("resource", "method"), NAMES)
def test_a_method_takes_and_says_what_its_twin_does(resource: str, method: str) -> None:
    own, asynchronous = twins(resource, method)
    assert inspect.signature(asynchronous).parameters == inspect.signature(own).parameters
    assert inspect.getdoc(asynchronous) == inspect.getdoc(own)
    # Python 3.11 cannot mark the decorator that warns of deprecated arguments as a coroutine function.
    assert inspect.iscoroutinefunction(inspect.unwrap(asynchronous))
    assert inspect.iscoroutinefunction(asynchronous) or sys.version_info < (3, 12)


@pytest.mark.parametrize("door", ["prepare", "streaming"])
@pytest.mark.parametrize(("resource", "method"), SENDING)
def test_what_is_prepared_or_streamed_takes_and_says_the_same(resource: str, method: str, door: str) -> None:
    own, _ = twins(resource, method)
    for kind in (EigenGenerate, AsyncEigenGenerate):
        client = kind(api_key="test-key", base_url="http://127.0.0.1:9")
        other = getattr(getattr(getattr(client, door), resource), method)
        assert inspect.signature(other).parameters == inspect.signature(own).parameters
        first_line, _, documentation = str(inspect.getdoc(other)).partition("\n")
        assert f"`{resource}.{method}`" in first_line
        assert documentation == str(inspect.getdoc(own)).partition("\n")[2]


def test_only_what_streams_gives_another_result() -> None:
    results = {name: [inspect.signature(one).return_annotation for one in twins(*name)] for name in NAMES}
    assert {name for name, (own, other) in results.items() if own != other} == STREAMING
    assert results["audio", "speak"][1] == "Audio | AsyncAudioStream"


def test_refuses_an_unknown_argument() -> None:
    wire = says(PNG, "image/png")
    call: Any = wire.async_client().images.generate
    with pytest.raises(TypeError, match="unexpected keyword argument 'seeed'"):
        asyncio.run(call(**DRAW, seeed=1))
    assert wire.requests == []


def test_names_a_missing_argument() -> None:
    wire = says(PNG, "image/png")
    call: Any = wire.async_client().images.generate
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'prompt'"):
        asyncio.run(call(model="m"))
    assert wire.requests == []
