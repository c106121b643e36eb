"""Judges applications, and servers that answer over real sockets."""

import json
import re
import socket
import ssl
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from eigen_contract.oracle import Oracle
from eigen_contract.report import Result
from eigen_contract.runner import Plan, run
from eigen_contract.targets.reference import over
from eigen_reference.faults import FAULTS
from eigen_reference.faulty import FaultyApp

EXAMPLES = Plan(phases=frozenset({"examples"}))
SCENARIOS = Plan(phases=frozenset({"examples", "scenarios"}))


class Lasting:
    """An application whose engines are not shut down with the server that it is put into."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await answer_lifespan(receive, send)
        else:
            await self._app(scope, receive, send)


async def answer_lifespan(receive: Receive, send: Send) -> None:
    """Take part in start-up and shut-down without doing anything (ASGI, lifespan protocol 2.0)."""
    message: Message = {}
    while message.get("type") != "lifespan.shutdown":
        message = await receive()
        await send({"type": f"{message['type']}.complete"})


class Counted:
    """An application that counts its requests; as the vendor's it does not say that it is the reference."""

    def __init__(self, app: ASGIApp, *, as_vendor: bool = False) -> None:
        self._app = app
        self._as_vendor = as_vendor
        self.requests: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self.requests.append(f"{scope['method']} {scope['path']}")

        async def signed_off(message: Message) -> None:
            if self._as_vendor and message["type"] == "http.response.start":
                kept = [pair for pair in message["headers"] if pair[0] != b"x-reference-engine"]
                message = {**message, "headers": kept}
            await send(message)

        await self._app(scope, receive, signed_off)


def faulty(app: ASGIApp, fault: str) -> ASGIApp:
    """Plant one of the reference server's faults."""
    return FaultyApp(app, FAULTS[fault])


def judged(oracle: Oracle, app: ASGIApp, plan: Plan = EXAMPLES) -> Result:
    """Judge an application in this process."""
    with over(app) as target:
        judgement = run(target, oracle, plan)
    return Result.of(oracle, judgement, judgement.findings)


class Server(uvicorn.Server):
    """A server that says when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()


@contextmanager
def served(app: ASGIApp, **options: Any) -> Generator[str]:
    """Serve an application on a free port of the loopback interface; yield its host and port."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(uvicorn.Config(app, log_level="critical", ws="none", lifespan="on", **options))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        assert server.is_up.wait(30), "the server did not come up"
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


Reply = Callable[[socket.socket, threading.Event], None]


@contextmanager
def answering(reply: Reply, received: list[bytes] | None = None) -> Generator[str]:
    """Answer each connection by a script, which is told when the test is over; yield the URL.

    Requests are kept in `received` as they came.
    """
    over_now = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)

    def accept() -> None:
        while not over_now.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(5)
                request = read_request(connection)
                if received is not None:
                    received.append(request)
                reply(connection, over_now)

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over_now.set()
        thread.join()
        listener.close()


def read_request(connection: socket.socket) -> bytes:
    """Read one request, by its Content-Length."""
    data = b""
    while b"\r\n\r\n" not in data and (more := connection.recv(65536)):
        data += more
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", data)
    size = data.index(b"\r\n\r\n") + 4 + int(length[1]) if length else 0
    while len(data) < size and (more := connection.recv(65536)):
        data += more
    return data


def document(folder: Path) -> dict[str, Any]:
    """Read the JSON of a report."""
    read: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    return read


def tls_files(folder: Path, host: str) -> tuple[Path, Path]:
    """Make an authority and a certificate for a host; return the authority's and the server's file."""
    import trustme

    authority = trustme.CA()
    certificate = authority.issue_cert(host)
    authority.cert_pem.write_to_path(folder / "authority.pem")
    certificate.private_key_and_cert_chain_pem.write_to_path(folder / "server.pem")
    ssl.create_default_context(cafile=folder / "authority.pem")
    return folder / "authority.pem", folder / "server.pem"
