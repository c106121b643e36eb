"""The built client against the target: every example through the method that the spec names for it."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import httpx
import pytest

from calling import Method, arguments, method_for
from eigen_contract.decoding import decode
from eigen_contract.examples import Example, examples
from eigen_contract.oracle import Oracle
from eigen_contract.recording.unrecorded import unrecorded
from eigen_contract.spec import Contract
from eigen_contract.targets import Target
from eigen_contract.targets.recorded import tape_of
from eigen_generate import AsyncEigenGenerate, EigenGenerate

CONTRACT = Contract.load()
EXAMPLES = list(examples(CONTRACT))


def method_of(example: Example, oracle: Oracle) -> Method:
    return method_for(CONTRACT, example.operation, oracle.judge(example.request).variants)


def leave_out_what_is_unrecorded(target: Target, example: Example) -> None:
    """Skip a test where a tape lacks an example, or what follows it: that is reported, and no failure."""
    if "replay" in target.capabilities:
        own = (f"example {example.name}", f"example {example.name},", f"example {example.name} as ")
        for lacking in unrecorded(CONTRACT, tape_of(target)):
            if lacking.label == own[0] or lacking.label.startswith(own[1:]):
                pytest.skip(f"unrecorded: {lacking.label}; eigen-contract record --missing records it")


def client_of(target: Target) -> EigenGenerate:
    http_client = httpx.Client(transport=target.transport)
    return EigenGenerate(api_key=target.api_key, base_url=target.base_url, http_client=http_client)


def result_of(target: Target, oracle: Oracle, example: Example) -> Any:
    leave_out_what_is_unrecorded(target, example)
    with client_of(target) as client:
        result = method_of(example, oracle).of(client)(**arguments(example.filled))
        return as_media(result) if hasattr(result, "as_wav") else result


def as_media(stream: Any) -> Any:
    """Read a stream to its end; its WAV stands for it."""
    with stream:
        return stream.as_wav()


class SyncOverAsync(httpx.AsyncBaseTransport):
    """Lends a target's transport to an asynchronous client."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        content = await request.aread()
        plain = httpx.Request(request.method, request.url, headers=request.headers, content=content)
        answered = await asyncio.to_thread(self._inner.handle_request, plain)
        return httpx.Response(answered.status_code, headers=answered.headers, content=answered.read())


async def result_of_async(target: Target, oracle: Oracle, example: Example) -> Any:
    leave_out_what_is_unrecorded(target, example)
    async with httpx.AsyncClient(transport=SyncOverAsync(target.transport)) as http_client:
        client = AsyncEigenGenerate(api_key=target.api_key, base_url=target.base_url, http_client=http_client)
        result = await method_of(example, oracle).of(client)(**arguments(example.filled))
        if not hasattr(result, "as_wav"):
            return result
        async with result:
            wav: Awaitable[bytes] = result.as_wav()
            return await wav


def assert_is_right(example: Example, oracle: Oracle, result: Any) -> None:
    """The result is of the type that the spec announces, and what it carries is whole."""
    if isinstance(result, bytes):
        assert decode(result, "audio/wav")
        return
    announced = method_of(example, oracle).document["results"]
    assert type(result).__name__ in announced
    if hasattr(result, "content"):
        assert decode(result.content, result.media_type)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_gives_the_announced_result(example: Example, oracle: Oracle, target: Target) -> None:
    assert_is_right(example, oracle, result_of(target, oracle, example))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_gives_the_announced_result_async(
    example: Example, oracle: Oracle, target: Target
) -> None:
    assert_is_right(example, oracle, asyncio.run(result_of_async(target, oracle, example)))


JOBS = [
    pytest.param(example, wait, id=f"{example.name}-{wait['resource']}.{wait['method']}")
    for wait in CONTRACT.document["x-sdk"].get("waits", ())
    for example in EXAMPLES
    if wait["job"] in method_of(example, Oracle.of(CONTRACT)).document["results"]
]


@pytest.mark.parametrize(("example", "wait"), JOBS)
def test_the_job_of_an_example_is_waited_for(
    example: Example, wait: dict[str, Any], oracle: Oracle, target: Target
) -> None:
    leave_out_what_is_unrecorded(target, example)
    with client_of(target) as client:
        job = method_of(example, oracle).of(client)(**arguments(example.filled))
        result = getattr(getattr(client, wait["resource"]), wait["method"])(job, interval=0.05, timeout=60)
    assert decode(result.content, result.media_type)


def test_a_wrong_key_is_the_callers_error(oracle: Oracle, target: Target) -> None:
    from eigen_generate import errors

    client = EigenGenerate(
        api_key="not-the-key", base_url=target.base_url, http_client=httpx.Client(transport=target.transport)
    )
    example = EXAMPLES[0]
    with pytest.raises(errors.AuthenticationError):
        method_of(example, oracle).of(client)(**arguments(example.filled))
