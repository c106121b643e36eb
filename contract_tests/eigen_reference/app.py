"""The reference server as an ASGI app: paths and the key, limits, and what each path does."""

import asyncio
import hmac
import itertools
import logging
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from os import PathLike
from pathlib import Path
from typing import TypeVar

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import __version__, bodies, contract
from .answers import videos
from .answers.contract_made import NoEngineError
from .answers.models import Job
from .answers.request import Request as JobRequest
from .bodies import BodyLimits, BodyReader
from .contract_paths import other_routes, query_value, without_engine
from .control import ENTRY, PREFIX, Control, ControlledApp, routes
from .engines.engines import Engines
from .engines.errors import EngineError
from .journal import describe
from .problems import RequestError, engine_problem
from .requested_faults import planted_answer
from .service import FORM, GENERATE, JSON, UPLOAD, MediaType, Service
from .surroundings import Health
from .web_page.serving import WebPage
from .work import Workers, do

LOG = logging.getLogger(__name__)
Endpoint = Callable[[Request], Awaitable[Response]]
T = TypeVar("T")


def create_app(
    spec_path: str | PathLike[str] | None = None,
    api_key: str = "test-key",
    *,
    engines: Engines | None = None,
    most_bytes: int = bodies.MOST_BYTES,
    body_limits: BodyLimits | None = None,
    control: Control | None = None,
) -> ASGIApp:
    """Return the server for the contract at `spec_path`, by default the project's own.

    `most_bytes` limits a request body; `body_limits`, if they are given, say that and more. `control` keeps a
    journal and lets requests fail; without it there is neither, nor the paths that steer the server.
    Engines are loaded by the first request that needs them, so that a server starts at once.

    Raises:
        ContractError: the contract cannot be used.
        ValueError: nobody could send the key.
    """
    check_key(api_key)
    service = Service(contract.load(Path(spec_path) if spec_path else contract.find()), engines or Engines())
    limits = body_limits or BodyLimits(most_bytes)
    endpoints = Endpoints(service, api_key, limits)

    health = Health()
    page = WebPage(service.contract, api_key, PREFIX, has_control=control is not None)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        service.open()
        health.is_ready = True
        yield
        health.is_ready = False
        await endpoints.close()

    app = Starlette(
        routes=[*endpoints.routes(control), *health.routes(), *page.routes()],
        exception_handlers={
            RequestError: answer_problem,
            EngineError: answer_engine_error,
            HTTPException: answer_http,
            Exception: answer_unexpected,
        },
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    return Stamp(ControlledApp(app, control, api_key, limits.most_bytes) if control else app)


def check_key(api_key: str) -> None:
    """Raise ValueError for a key that no `Authorization: Bearer KEY` could carry."""
    if not api_key or not api_key.isascii() or not all("!" <= letter <= "~" for letter in api_key):
        raise ValueError("the key must be one or more visible ASCII characters, without spaces")


class Endpoints:
    """What each path does."""

    def __init__(self, service: Service, api_key: str, limits: BodyLimits) -> None:
        self._service = service
        self._api_key = api_key.encode()
        self._bodies = BodyReader(limits)
        # Its own threads, because anyio's end with the task that started them: under a loop that turns for
        # one request at a time that is a new thread for each.
        self._workers = Workers()

    async def close(self) -> None:
        """Stop all work. It takes a moment in a thread, because children are waited for."""
        await asyncio.to_thread(self._service.close)

    def routes(self, control: Control | None) -> list[Route]:
        """Return the paths of the contract, and those that steer the server."""
        imitated = [
            Route(GENERATE, self._with_key(self._generate), methods=["POST"]),
            Route(UPLOAD, self._with_key(self._upload), methods=["POST"]),
            Route("/api/v1/generate/status", self._with_key(self._status), methods=["GET"]),
            Route("/api/v1/generate/result", self._with_key(self._result), methods=["GET"]),
        ]
        others = other_routes(self._service, imitated, self._with_key, self._read)
        return [*imitated, *others, *(routes(control, self._with_key) if control else [])]

    def _with_key(self, endpoint: Endpoint) -> Endpoint:
        async def guarded(request: Request) -> Response:
            if not self._knows(request.headers.get("authorization", "")):
                challenge = {"www-authenticate": 'Bearer realm="eigen_reference"'}
                raise RequestError(
                    401,
                    "unauthorized",
                    "the header `Authorization: Bearer KEY` is missing or wrong",
                    headers=challenge,
                )
            return await endpoint(request)

        return guarded

    def _knows(self, authorization: str) -> bool:
        scheme, _, key = authorization.partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(key.strip().encode(), self._api_key)

    async def _generate(self, request: Request) -> Response:
        media_type = _media_type(request, JSON, FORM)
        with self._bodies.room() as room:
            body = await self._bodies.read(request, room)
            work = self._workers
            try:
                order = await do(work.reading, lambda: self._service.read(media_type, body), request.receive)
            except NoEngineError as error:
                return without_engine(self._service.contract, GENERATE, error.variant)
            _note(request, order.job, order.request)
            if (planted := planted_answer(request.scope)) is not None:
                return planted
            return await work.answer(work.jobs[order.job], order.answer, request.receive)

    async def _upload(self, request: Request) -> Response:
        media_type = _media_type(request, FORM)
        voice = await self._read(request, lambda body: self._service.read_voice(media_type, body))
        _note(request, "speak", voice)
        if (planted := planted_answer(request.scope)) is not None:
            return planted
        return await do(self._workers.voices, lambda: self._service.upload_voice(voice), request.receive)

    async def _read(self, request: Request, judge: Callable[[bytes], T]) -> T:
        """Read a body within the limits, and judge it off the loop."""
        with self._bodies.room() as room:
            body = await self._bodies.read(request, room)
            return await do(self._workers.reading, lambda: judge(body), request.receive)

    async def _status(self, request: Request) -> Response:
        job, model = query_value(request, "jobId"), query_value(request, "model")
        return planted_answer(request.scope) or videos.status(job, model, self._service.engines)

    async def _result(self, request: Request) -> Response:
        job, model = query_value(request, "jobId"), query_value(request, "model")
        return planted_answer(request.scope) or videos.result(job, model, self._service.engines)


def _note(request: Request, job: Job, asked: JobRequest) -> None:
    """Add to the journal what a request asks for, if there is a journal."""
    entry = request.scope.get(ENTRY)
    if entry is not None:
        describe(entry, job, asked.values, asked.files)


def _media_type(request: Request, *accepted: str) -> MediaType:
    return MediaType.parse(request.headers.get("content-type", ""), accepted=accepted)


async def answer_problem(_: Request, error: Exception) -> Response:
    """Answer a request that cannot be served."""
    assert isinstance(error, RequestError)  # registered for this class
    return error.response()


async def answer_engine_error(_: Request, error: Exception) -> Response:
    """Answer what an engine, or the queue before it, cannot take."""
    assert isinstance(error, EngineError)  # registered for this class
    return engine_problem(error).response()


async def answer_http(request: Request, error: Exception) -> Response:
    """Answer an unknown path or method in the shape of every other error."""
    assert isinstance(error, HTTPException)  # registered for this class
    codes = {404: "unknown_path", 405: "method_not_allowed"}
    message = f"{request.method} {request.url.path}: {error.detail}"
    return RequestError(
        error.status_code, codes.get(error.status_code, "http"), message, headers=error.headers or {}
    ).response()


async def answer_unexpected(request: Request, error: Exception) -> Response:
    """Answer a fault of our own. No input should ever come here."""
    LOG.error("unexpected error at %s %s", request.method, request.url.path, exc_info=error)
    return RequestError(500, "internal_error", "the reference server failed; its log says more").response()


class Stamp:
    """Mark every response as ours, with an id of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._run = uuid.uuid4().hex
        self._numbers = itertools.count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its response back with two headers more."""

        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["x-reference-engine"] = f"eigen_reference/{__version__}"
                headers["x-request-id"] = f"{self._run}-{next(self._numbers)}"
            await send(message)

        await self._app(scope, receive, stamped if scope["type"] == "http" else send)
