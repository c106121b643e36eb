"""Makes what a tape holds again through the built client, with routes of respx that answer from the tape."""

import asyncio
import importlib
from collections.abc import Iterator
from typing import Any

import httpx
import respx
from attrs import evolve, frozen

from calling import Method, argument_name, arguments, methods
from eigen_contract.compose import Upload
from eigen_contract.exchange import WRONG_KEY, Exchange, Request
from eigen_contract.oracle import Oracle
from eigen_contract.shapes import members
from eigen_contract.spec import Contract
from eigen_contract.tape import Tape
from eigen_contract.targets.target import captured
from eigen_generate import AsyncEigenGenerate, EigenGenerate, models

KEY = "test-key"
BASE_URL = "https://client.invalid"
CONTRACT = Contract.load()
ORACLE = Oracle.of(CONTRACT)


@frozen
class Replay:
    """A recorded exchange as a caller makes it: the method, its arguments, and the key."""

    exchange: Exchange
    method: Method
    variant: str | None
    values: dict[str, Any]
    """By the names of the contract; a file is an `Upload`."""

    @property
    def api_key(self) -> str:
        return KEY if self.exchange.request.auth == "good" else WRONG_KEY

    @property
    def is_success(self) -> bool:
        """Whether what was recorded is a result."""
        return self.exchange.response.status < 400

    @property
    def streams(self) -> bool:
        """Whether the method gives a stream in the place of a result."""
        overloads = self.method.document.get("overloads", ())
        return any(self.values.get(overload["field"]) == overload["equals"] for overload in overloads)


def replays(tape: Tape) -> Iterator[Replay]:
    """Yield what a caller can ask for; no caller can leave out the key, or send a body that is no body."""
    for exchange in tape.exchanges:
        request = exchange.request
        operation = CONTRACT.operation(request.method, request.path)
        verdict = ORACLE.judge(evolve(request, auth="good"))
        if operation is None or verdict.ruling == "refuse" or request.auth not in ("good", "wrong"):
            continue
        names = [variant.name for variant in verdict.variants]
        for method in methods(CONTRACT):
            fitting = [name for name in method.document.get("variants", ()) if name in names]
            if method.operation.id == operation.id and (fitting or not operation.bodies):
                yield Replay(exchange, method, next(iter(fitting), None), sent_values(request))
                break


def sent_values(request: Request) -> dict[str, Any]:
    """Return what a request holds, by name: the properties of its body, or its query."""
    wire = ORACLE.judge(evolve(request, auth="good")).wire
    if wire is None:
        return dict(request.query)
    uploads = {
        name: [Upload(part.filename or "", part.media_type or "", part.data) for part in parts]
        for name, parts in wire.files.items()
    }
    values = members(wire.instance)
    return values | {
        name: files if isinstance(values[name], list) else files[0] for name, files in uploads.items()
    }


class TapeRoutes:
    """A router of respx that answers what is on the tape, and keeps which exchanges answered."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self.answered: list[Exchange] = []
        self.router = respx.MockRouter(base_url=BASE_URL)
        for operation in CONTRACT.operations:
            self.router.route(method=operation.method, path=operation.path).mock(side_effect=self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        sent = captured(request, KEY)
        response = self._tape.answer(sent)
        self.answered.append(Exchange(sent, response))
        return httpx.Response(response.status, headers=list(response.headers), content=response.body)

    def client(self, api_key: str) -> EigenGenerate:
        http_client = httpx.Client(transport=httpx.MockTransport(self.router.handler))
        return EigenGenerate(api_key=api_key, base_url=BASE_URL, http_client=http_client, max_retries=0)

    def async_client(self, api_key: str) -> AsyncEigenGenerate:
        http_client = httpx.AsyncClient(transport=httpx.MockTransport(self.router.async_handler))
        return AsyncEigenGenerate(api_key=api_key, base_url=BASE_URL, http_client=http_client, max_retries=0)


def called(routes: TapeRoutes, replay: Replay, *, asynchronous: bool) -> tuple[Any, bytes]:
    """Call the method; return its result, and what a stream gave if it is one."""
    values = arguments(replay.values)
    if not asynchronous:
        result = replay.method.of(routes.client(replay.api_key))(**values)
        if not replay.streams:
            return result, b""
        with result as stream:
            return result, b"".join(bytes(chunk) for chunk in stream)

    async def call() -> tuple[Any, bytes]:
        result = await replay.method.of(routes.async_client(replay.api_key))(**values)
        if not replay.streams:
            return result, b""
        async with result as stream:
            return result, b"".join([bytes(chunk) async for chunk in stream])

    return asyncio.run(call())


def streamed(routes: TapeRoutes, replay: Replay, *, asynchronous: bool) -> tuple[Any, str]:
    """Call the method of `client.streaming`; return the result of its stream, and its media type."""
    values = arguments(replay.values)
    if not asynchronous:
        with replay.method.of(routes.client(replay.api_key).streaming)(**values) as stream:
            return stream.result(), stream.media_type

    async def call() -> tuple[Any, str]:
        async with await replay.method.of(routes.async_client(replay.api_key).streaming)(**values) as stream:
            return await stream.result(), stream.media_type

    return asyncio.run(call())


def raw(routes: TapeRoutes, replay: Replay, *, asynchronous: bool) -> Any:
    """Call the operation of the raw layer, in the form in which the exchange was recorded."""
    operation = replay.method.operation
    module = f"eigen_generate.api.{operation.document['tags'][0]}.{argument_name(operation.id)}"
    layer = importlib.import_module(module)
    values = arguments(replay.values)
    if replay.variant is not None:
        values = {"body": body_of(replay.variant, values), "media_type": replay.exchange.request.media_type}
        if len(operation.bodies) == 1:
            del values["media_type"]
    if asynchronous:
        return asyncio.run(layer.asyncio_detailed(client=routes.async_client(replay.api_key), **values))
    return layer.sync_detailed(client=routes.client(replay.api_key), **values)


def body_of(variant: str, values: dict[str, Any]) -> Any:
    """Make the model of a variant."""
    return getattr(models, variant)(**values)
