"""A loopback server that keeps every request byte for byte, and answers as it is told."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from eigen_contract.exchange import Request, Response
from eigen_contract.media import png
from eigen_contract.targets.target import auth_class

KEY = "test-key"


# They belong to one connection, and this server makes its own.
OF_THE_CONNECTION = ("connection", "content-length", "date", "server", "transfer-encoding")


def picture(_request: Request) -> Response:
    """Answer with a small picture, whatever was asked."""
    return Response(200, (("content-type", "image/png"),), png())


class CapturingServer:
    """Keeps requests and what `answer` made of them; listens on a free port of the loopback interface."""

    def __init__(self, answer: Callable[[Request], Response] = picture) -> None:
        self.requests: list[Request] = []
        self.responses: list[Response] = []
        self._answer = answer
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        requests, responses, answer = self.requests, self.responses, self._answer

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer("GET")

            def do_POST(self) -> None:
                self._answer("POST")

            def _answer(self, method: str) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                auth = auth_class(self.headers.get("Authorization"), KEY)
                headers = tuple((name.lower(), value) for name, value in self.headers.items())
                requests.append(Request(method, self.path, headers, body, auth))
                responses.append(answer(requests[-1]))
                self.send_response(responses[-1].status)
                for name, value in responses[-1].headers:
                    if name.lower() not in OF_THE_CONNECTION:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(responses[-1].body)))
                self.end_headers()
                self.wfile.write(responses[-1].body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                """Keep the terminal for the tests."""

        return Handler
