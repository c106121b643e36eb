"""The built client sends what the spec says: any valid value of any variant arrives as it was given."""

import asyncio
import hashlib
import json
from typing import Any

import httpx
import pytest
import respx
from hypothesis import HealthCheck, Phase, given, settings

from calling import Method, arguments, methods
from drawing import requests
from eigen_contract.compose import FORM, Upload
from eigen_contract.exchange import Request
from eigen_contract.media import png
from eigen_contract.oracle import Oracle
from eigen_contract.scenarios.walk import smallest
from eigen_contract.shapes import items, members
from eigen_contract.spec import Contract, Variant
from eigen_contract.targets.target import captured
from eigen_contract.wire import Part, Wire, boundary_of
from eigen_generate import AsyncEigenGenerate, EigenGenerate, EigenGenerateError

KEY = "test-key"
BASE_URL = "https://client.invalid"
CONTRACT = Contract.load()
SENT = [
    (f"{method}-{body.media_type.partition('/')[2]}-{variant.name}", method, variant)
    for method in methods(CONTRACT)
    for body in method.operation.bodies.values()
    for variant in body.variants
    if variant in method.variants
]
SERVED = [pytest.param(method, variant, id=name) for name, method, variant in SENT]
"""Each variant of each method, in each form in which it may be sent."""
FEW = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    database=None,
    derandomize=True,
    # No shrinking: a fault of the encoder fails every draw, and the first one says enough.
    phases=[Phase.explicit, Phase.generate],
)


def sent_by(method: Method, values: dict[str, Any], *, asynchronous: bool = False) -> Request:
    """Call a method over a mocked transport, and return the request that left the client."""
    router = respx.MockRouter(assert_all_called=False)
    # Every job is answered with a picture: what the client makes of it is for other tests to judge.
    router.route().respond(200, content=png(), headers={"content-type": "image/png"})
    try:
        if asynchronous:
            asyncio.run(call_asynchronously(router, method, values))
        else:
            with httpx.Client(transport=httpx.MockTransport(router.handler)) as http_client:
                client = EigenGenerate(api_key=KEY, base_url=BASE_URL, http_client=http_client)
                method.of(client)(**values)
    except EigenGenerateError:
        if not router.calls:
            raise
    assert len(router.calls) == 1, "one call is one request"
    # respx types its calls in part only.
    calls: list[Any] = [*router.calls]
    return captured(calls[0].request, KEY)


async def call_asynchronously(router: respx.MockRouter, method: Method, values: dict[str, Any]) -> None:
    async with httpx.AsyncClient(transport=httpx.MockTransport(router.async_handler)) as http_client:
        client = AsyncEigenGenerate(api_key=KEY, base_url=BASE_URL, http_client=http_client)
        await method.of(client)(**values)


def as_text(value: Any) -> str:
    """Write a value so that `15`, `15.0`, `"15"` and `true` differ, and the order of members does not."""
    return json.dumps(value, sort_keys=True)


def assert_arrived(values: dict[str, Any], wire: Wire) -> None:
    """Every member arrived as it was given, every file whole and under its name, and nothing else did."""
    for name, value in values.items():
        if isinstance(value, Upload) or any(isinstance(item, Upload) for item in items(value)):
            given_files = [value] if isinstance(value, Upload) else items(value)
            assert [of_upload(upload) for upload in given_files] == [
                of_part(part) for part in wire.files[name]
            ]
        else:
            assert as_text(members(wire.instance)[name]) == as_text(value)
    assert set(members(wire.instance)) == set(values)


def encoding_of(method: Method, values: dict[str, Any]) -> str:
    """A form where a file goes with the request, else what the spec names for the method."""
    singles = [single for value in values.values() for single in (value, *items(value))]
    with_file = any(isinstance(single, Upload) for single in singles)
    return FORM if with_file else str(method.document["encoding"])


def of_upload(upload: Upload) -> tuple[str, str]:
    return upload.filename, hashlib.sha256(upload.data).hexdigest()


def of_part(part: Part) -> tuple[str | None, str]:
    return part.filename, hashlib.sha256(part.data).hexdigest()


def one_of_each(method: Method, values: dict[str, Any]) -> dict[str, Any]:
    """Leave one of each group that `x-sdk` calls exclusive, of which the contract alone would take more."""
    groups = method.document.get("exclusive", ())
    surplus = {name for group in groups for name in [name for name in group if name in values][1:]}
    return {name: value for name, value in values.items() if name not in surplus}


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize(("method", "variant"), SERVED)
def test_any_valid_value_arrives_as_it_was_given(
    method: Method, variant: Variant, asynchronous: bool, oracle: Oracle, contract: Contract
) -> None:
    @FEW
    @given(values=requests(contract, variant))
    def arrives(values: dict[str, Any]) -> None:
        values = one_of_each(method, values)
        request = sent_by(method, arguments(values), asynchronous=asynchronous)
        assert (request.method, request.path, request.auth) == (
            method.operation.method,
            method.operation.path,
            "good",
        )
        assert request.media_type == encoding_of(method, values)
        verdict = oracle.judge(request)
        assert verdict.ruling != "refuse", verdict.reason
        assert verdict.wire is not None
        assert verdict.wire.doubts == ()
        assert {matched.name for matched in verdict.variants} & {*method.document["variants"]}
        assert_arrived(values, verdict.wire)

    arrives()


@pytest.mark.parametrize(("method", "variant"), SERVED)
def test_properties_that_the_spec_does_not_know_arrive_too(
    method: Method, variant: Variant, oracle: Oracle
) -> None:
    values = smallest(CONTRACT, variant)
    request = sent_by(method, {**arguments(values), "extra": {"not_known_yet": "1"}})
    wire = oracle.judge(request).wire
    assert wire is not None
    assert_arrived({**values, "not_known_yet": "1"}, wire)


FILES = [
    pytest.param(method, variant, field, id=f"{name}-{field}")
    for name, method, variant in SENT
    for field, value in smallest(CONTRACT, variant).items()
    if isinstance(value, Upload)
]
"""Each method with a variant that cannot do without a file, and the name of its field."""


@pytest.mark.parametrize("guess", ["+++", "that of the call before"])
@pytest.mark.parametrize(("method", "variant", "field"), FILES)
def test_no_file_can_forge_a_part(method: Method, variant: Variant, field: str, guess: str) -> None:
    values = smallest(CONTRACT, variant)
    before = boundary_of(sent_by(method, arguments(values)).header("content-type") or "")
    boundary = guess if guess == "+++" else before
    (other, *_) = [name for name in values if name != field]
    forged = f'\r\n--{boundary}\r\nContent-Disposition: form-data; name="{other}"\r\n\r\nforged\r\n'.encode()
    values[field] = Upload("a.png", "image/png", forged)
    verdict = Oracle.of(CONTRACT).judge(sent_by(method, arguments(values)))
    assert verdict.wire is not None
    assert_arrived(values, verdict.wire)
