"""Takes what a program sends through httpx or httpx2 before it reaches a connection.

The seam is the transport of each library: below every client, above every socket. A client with a transport
of its own, as tests make them, is left alone.
"""

import importlib
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, Protocol

import pytest

LIBRARIES = ("httpx", "httpx2")


class Interceptor(Protocol):
    """What is asked about each request. The objects are those of the library that the program uses."""

    def answer(self, library: Any, request: Any, send: Callable[[Any], Any]) -> Any:
        """Return the response to a request; `send` sends it."""
        ...

    async def answer_async(self, library: Any, request: Any, send: Callable[[Any], Awaitable[Any]]) -> Any:
        """Do the same in an event loop."""
        ...


@contextmanager
def intercepted(interceptor: Interceptor) -> Generator[None]:
    """Ask an interceptor about every request of this process, in every thread."""
    with pytest.MonkeyPatch.context() as patch:
        for name in LIBRARIES:
            if find_spec(name) is not None:
                replace_transports(patch, importlib.import_module(name), interceptor)
        yield


def replace_transports(patch: pytest.MonkeyPatch, library: Any, interceptor: Interceptor) -> None:
    """Replace how both transports of a library handle a request."""
    send, send_async = library.HTTPTransport.handle_request, library.AsyncHTTPTransport.handle_async_request

    def handle_request(transport: Any, request: Any) -> Any:
        return interceptor.answer(library, request, lambda sent: send(transport, sent))

    async def handle_async_request(transport: Any, request: Any) -> Any:
        return await interceptor.answer_async(library, request, lambda sent: send_async(transport, sent))

    patch.setattr(library.HTTPTransport, "handle_request", handle_request)
    patch.setattr(library.AsyncHTTPTransport, "handle_async_request", handle_async_request)
