"""The built client, and curl, against the target: any valid request, over a socket, and what comes of it."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, reject, settings

from calling import Method
from capturing import KEY, CapturingServer
from drawing import requests
from eigen_contract.checks import check_exchange
from eigen_contract.compose import Upload
from eigen_contract.exchange import Exchange, Request, Response, describe
from eigen_contract.oracle import Oracle
from eigen_contract.spec import Variant
from eigen_contract.targets import Capability, Target
from eigen_generate import EigenGenerate, EigenGenerateError
from eigen_generate.errors import ArgumentError, StatusError, UnexpectedResponseError
from test_client_curl import needs_curl, parts_of
from test_client_sends import CONTRACT, FEW, SERVED

FEWER = settings(FEW, max_examples=3)


@pytest.fixture(scope="session")
def bridge(target: Target) -> Iterator[CapturingServer]:
    """A loopback server that passes every request on to the target, which must have no budget."""
    if target.budget is not None:
        pytest.skip("drawn requests of the client are not sent to a target with a budget")

    def passed_on(request: Request) -> Response:
        # The target adds a key of its own, so that the key of the request reaches no other server.
        kept = tuple(pair for pair in request.headers if pair[0] not in ("authorization", "host"))
        return target.send(evolve(request, headers=kept))

    with CapturingServer(passed_on) as server:
        yield server


def on_disk(value: Any, folder: Path) -> Any:
    """Lay out files, for curl and the client to read the same."""
    if isinstance(value, Upload):
        path = folder / value.filename
        path.write_bytes(value.data)
        return path
    if isinstance(value, list):
        items: list[Any] = [*value]
        return [on_disk(item, folder) for item in items]
    return value


def by_client(method: Method, client: EigenGenerate, values: dict[str, Any]) -> EigenGenerateError | None:
    """Call a method to its end; return what it made of a refusal, or of a result that is not the method's."""
    try:
        result = method.of(client)(**values)
        if hasattr(result, "as_wav"):
            with result as stream:
                stream.as_wav()
    except ArgumentError:
        reject()  # `x-sdk` says that some arguments exclude each other, and a variant does not
    except (StatusError, UnexpectedResponseError) as error:
        return error
    return None


def by_curl(method: Method, client: EigenGenerate, values: dict[str, Any]) -> None:
    command = method.of(client.prepare)(**values).to_curl()
    environment = {**os.environ, "EIGENAI_API_KEY": KEY}
    line = f"{command} -sS --max-time 60 -o /dev/null"
    subprocess.run(["sh", "-c", line], check=True, capture_output=True, timeout=90, env=environment)


def last(bridge: CapturingServer, label: str) -> Exchange:
    return Exchange(bridge.requests[-1], bridge.responses[-1], label)


def told(exchange: Exchange) -> tuple[str, str, str, object]:
    """What a request says, whoever wrote it."""
    request = exchange.request
    form = request.media_type == "multipart/form-data"
    return request.method, request.target, request.media_type, parts_of(request) if form else request.body


def has_null(drawn: dict[str, Any]) -> bool:
    """Whether a text holds what no command line can."""
    return "\\x00" in repr(drawn)


# Files are long to print, and a failure is to be read all the same.
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@needs_curl
@pytest.mark.parametrize("capability", ["refusals"], indirect=True)
@pytest.mark.parametrize(("method", "variant"), SERVED)
def test_any_valid_request_is_answered_alike_to_client_and_curl(
    capability: Capability,
    method: Method,
    variant: Variant,
    bridge: CapturingServer,
    oracle: Oracle,
    tmp_path: Path,
) -> None:
    @FEWER
    @given(requests(CONTRACT, variant).filter(lambda drawn: not has_null(drawn)))
    def answered_alike(drawn: dict[str, Any]) -> None:
        values = {name: on_disk(value, tmp_path) for name, value in drawn.items()}
        with EigenGenerate(api_key=KEY, base_url=bridge.url, max_retries=0) as client:
            error = by_client(method, client, values)
            one = last(bridge, "client")
            by_curl(method, client, values)
        other = last(bridge, "curl")
        assert told(one) == told(other)
        assert (one.response.status, one.response.media_type) == (
            other.response.status,
            other.response.media_type,
        )
        if one.response.status < 400:
            # Only the model tells some edits from videos, and a drawn one tells nothing.
            assert error is None or len(oracle.judge(one.request).variants) > 1, error
        findings = [finding for exchange in (one, other) for finding in check_exchange(oracle, exchange)]
        assert not findings, describe(findings)

    answered_alike()
    assert capability == "refusals"
