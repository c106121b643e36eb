"""A network that is a function: every SDK's own default client, with nothing but the sockets taken away."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any
from unittest.mock import patch

from .answers import JSON, JSON_HEADERS

_HEADERS = [(name.encode(), value.encode()) for name, value in JSON_HEADERS.items()]
# httpx, and its successor, on which openai is built.
_LIBRARIES = ("httpx", "httpx2")


@contextmanager
def network() -> Generator[None]:
    """Let every transport of httpx answer at once, once it has taken the request's body."""
    with ExitStack() as stack:
        for name in _LIBRARIES:
            library: Any = import_module(name)
            handle, handle_async = _handlers(library)
            stack.enter_context(patch.object(library.HTTPTransport, "handle_request", handle))
            stack.enter_context(
                patch.object(library.AsyncHTTPTransport, "handle_async_request", handle_async)
            )
        yield


def _handlers(library: Any) -> tuple[Any, Any]:
    def answer() -> Any:
        return library.Response(200, headers=_HEADERS, stream=library.ByteStream(JSON))

    def handle(_: object, request: Any) -> Any:
        for _piece in request.stream:
            pass
        return answer()

    async def handle_async(_: object, request: Any) -> Any:
        async for _piece in request.stream:
            pass
        return answer()

    return handle, handle_async
