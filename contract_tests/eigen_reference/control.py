"""Steer a running server from a test: see what it was asked, let the next requests fail, begin anew.

By Python as methods of `Control`, by HTTP under `/_reference/`, outside the contract's paths. Both are off
unless the server was started with `--allow-faults`, or made with `create_app(control=Control())`.
"""

import json
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from attrs import define
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .faults import FAULTS
from .faulty import FaultyApp
from .journal import Entry, Journal
from .problems import RequestError, json_response
from .requested_faults import HEADER, Chance, RequestedFault, parse, spoil

PREFIX = "/_reference"
OWN_PATHS = ("/", "/health", "/ready", "/favicon.ico")
"""Paths of no API: who looks at the page or at the health sends nothing that a test asks about."""
ENTRY = "eigen_reference.entry"
"""Where the journal's entry of a request stands in its scope."""
MOST_PLANTED = 1_000
MOST_BODY = 16 * 1024
"""Bytes of a request that plants a fault."""
Endpoint = Callable[[Request], Awaitable[Response]]


@define
class PlantedFault:
    """A fault for the next requests: for `times` of them, or for all if that is None."""

    text: str
    fault: RequestedFault
    times: int | None


class Control:
    """The journal and the planted faults of one server. Safe to share between threads."""

    def __init__(self) -> None:
        self.journal = Journal()
        self._planted: deque[PlantedFault] = deque(maxlen=MOST_PLANTED)
        self._chance = Chance()
        self._lock = threading.Lock()

    @property
    def requests(self) -> list[Entry]:
        """What the server was asked, oldest first."""
        return self.journal.entries()

    def fault(self, text: str, *, times: int | None = 1) -> None:
        """Let the next requests with the right key fail: `times` of them, or all if that is None.

        Args:
            text: as in the header `X-Eigen-Fault`, such as `status=429; retry-after=2`.
            times: how many requests.

        Raises:
            ValueError: no such fault.
        """
        planted = PlantedFault(text, parse(text), times)
        with self._lock:
            self._planted.append(planted)

    def reset(self) -> None:
        """Forget every request and every planted fault."""
        self.journal.clear()
        self.clear_faults()

    def clear_faults(self) -> None:
        """Forget every planted fault."""
        with self._lock:
            self._planted.clear()
            self._chance = Chance()

    @property
    def planted(self) -> list[PlantedFault]:
        """The faults that are to come, next first."""
        with self._lock:
            return list(self._planted)

    def next_fault(self, header: str | None) -> tuple[str, RequestedFault] | None:
        """Return the fault of a request: that of its header, else the next one planted. Raises ValueError."""
        if header is not None:
            return self._happening(header, parse(header))
        with self._lock:
            if not self._planted:
                return None
            planted = self._planted[0]
            if planted.times is not None:
                planted.times -= 1
                if planted.times <= 0:
                    self._planted.popleft()
        return self._happening(planted.text, planted.fault)

    def _happening(self, text: str, fault: RequestedFault) -> tuple[str, RequestedFault] | None:
        with self._lock:
            return (text, fault) if self._chance.happens(fault) else None


class ControlledApp:
    """The app of a server that can be steered."""

    def __init__(self, app: ASGIApp, control: Control, api_key: str, most_bytes: int) -> None:
        self._app = app
        self._control = control
        self._key = f"Bearer {api_key}".encode()
        self._most_bytes = most_bytes
        self._kinds: dict[str, FaultyApp] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Keep a request in the journal, and pass it on with its fault."""
        path = path_in_app(scope)
        if scope["type"] != "http" or path in OWN_PATHS or path.startswith(f"{PREFIX}/"):
            await self._app(scope, receive, send)
            return
        query = dict(parse_qsl(scope["query_string"].decode("latin-1"))[:100])
        entry = self._control.journal.begin(scope["method"], path, query)

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry.status = message["status"]
            await send(message)

        inner = {**scope, ENTRY: entry}
        try:
            chosen = self._chosen(scope)
        except ValueError as error:
            problem = RequestError(400, "invalid_fault", f"X-Eigen-Fault: {error}")
            await problem.response()(inner, receive, noted)
            return
        if chosen is None:
            await self._app(inner, receive, noted)
            return
        entry.fault, fault = chosen
        await spoil(self._app_with(fault.kind), fault, inner, receive, noted)

    def _chosen(self, scope: Scope) -> tuple[str, RequestedFault] | None:
        headers = dict(scope["headers"])
        header = headers.get(HEADER)
        has_key = headers.get(b"authorization") == self._key
        if header is None:
            # A request without the key is refused for that, and uses up no fault.
            return self._control.next_fault(None) if has_key else None
        chosen = self._control.next_fault(header.decode("latin-1"))
        # Some kinds of faults are about keys; all else happens to those who have one.
        return chosen if has_key or (chosen is not None and chosen[1].kind is not None) else None

    def _app_with(self, kind: str | None) -> ASGIApp:
        if kind is None:
            return self._app
        if kind not in self._kinds:
            key = self._key.removeprefix(b"Bearer ").decode()
            self._kinds[kind] = FaultyApp(self._app, FAULTS[kind], key, most_bytes=self._most_bytes)
        return self._kinds[kind]


def path_in_app(scope: Scope) -> str:
    """Return the path of a request as the app has it, without where the app is mounted in another one."""
    path: str = scope.get("path", "")
    return path.removeprefix(scope.get("root_path", ""))


def routes(control: Control, guard: Callable[[Endpoint], Endpoint]) -> list[Route]:
    """Return the paths that steer a server. `guard` makes an endpoint ask for the key."""

    async def requests(request: Request) -> Response:
        if request.method == "DELETE":
            control.journal.clear()
        after = request.query_params.get("after", "0")
        if not (after.isascii() and after.isdecimal() and len(after) < 20):
            raise RequestError(400, "invalid_parameter", "after must be the number of a request", "after")
        entries = [entry for entry in control.requests if entry.number > int(after)]
        return json_response([entry.as_json() for entry in entries])

    async def faults(request: Request) -> Response:
        if request.method == "DELETE":
            control.clear_faults()
        if request.method == "POST":
            _plant(control, await _short_body(request))
        return json_response([{"fault": planted.text, "times": planted.times} for planted in control.planted])

    async def reset(_: Request) -> Response:
        control.reset()
        return json_response({})

    return [
        Route(f"{PREFIX}/requests", guard(requests), methods=["GET", "DELETE"]),
        Route(f"{PREFIX}/faults", guard(faults), methods=["GET", "POST", "DELETE"]),
        Route(f"{PREFIX}/reset", guard(reset), methods=["POST"]),
    ]


async def _short_body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BODY:
            raise RequestError(413, "body_too_large", f"the body is longer than {MOST_BODY} bytes")
    return body


def _plant(control: Control, body: bytes) -> None:
    try:
        order = json.loads(body)
        text, times = order["fault"], order.get("times", 1)
        if not isinstance(text, str) or not (times is None or (type(times) is int and times > 0)):
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        example = '{"fault": "status=429; retry-after=2", "times": 2}'
        raise RequestError(400, "invalid_fault", f"the body must be JSON such as {example}") from error
    try:
        control.fault(text, times=times)
    except ValueError as error:
        raise RequestError(400, "invalid_fault", str(error), "fault") from error
