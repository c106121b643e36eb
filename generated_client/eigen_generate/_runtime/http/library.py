"""The HTTP library that sends: httpx, or its successor httpx2 if the caller's client is of that one.

Their classes have the same names and the same shape, so a client takes them from the library in use. Nothing
is imported before a client is made, and never the library that is not in use.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple, Protocol

_LIBRARIES = ("httpx", "httpx2")


class HttpClient(Protocol):
    """What is used of an `httpx.Client` or an `httpx2.Client`."""

    @property
    def headers(self) -> Any:
        """The headers that the client adds to each request."""
        ...

    @property
    def is_closed(self) -> bool:
        """Whether the client sends nothing any more."""
        ...

    def send(self, request: Any, *, stream: bool, auth: None, follow_redirects: bool) -> Any:
        """Send a request and return its response."""
        ...

    def close(self) -> None:
        """Close the connections."""
        ...


class AsyncHttpClient(Protocol):
    """What is used of an `httpx.AsyncClient` or an `httpx2.AsyncClient`."""

    @property
    def headers(self) -> Any:
        """The headers that the client adds to each request."""
        ...

    @property
    def is_closed(self) -> bool:
        """Whether the client sends nothing any more."""
        ...

    async def send(self, request: Any, *, stream: bool, auth: None, follow_redirects: bool) -> Any:
        """Send a request and return its response."""
        ...

    async def aclose(self) -> None:
        """Close the connections."""
        ...


class HttpResponse(Protocol):
    """What is used of a response of either library."""

    status_code: int
    stream: Any
    extensions: Any
    is_closed: bool
    is_stream_consumed: bool

    @property
    def headers(self) -> Any:
        """The headers, each under its name in lower case."""
        ...

    @property
    def http_version(self) -> str:
        """The version of HTTP, such as HTTP/1.1."""
        ...

    def iter_bytes(self) -> Iterator[bytes]:
        """Return the content that was read."""
        ...

    def aiter_bytes(self) -> Any:
        """Return the content that was read, in an event loop."""
        ...

    def close(self) -> None:
        """Close the response."""
        ...

    async def aclose(self) -> None:
        """Close the response, in an event loop."""
        ...


class HttpLibrary(NamedTuple):
    """One of the two libraries; `module` has their classes."""

    name: str
    module: Any

    @property
    def error_type(self) -> type[Exception]:
        """What all failures of requests and responses are."""
        error_type: type[Exception] = self.module.HTTPError
        return error_type


@cache
def load_library(name: str) -> HttpLibrary:
    """Import one of the libraries."""
    return HttpLibrary(name, import_module(name))


def library_of(http_client: object) -> HttpLibrary:
    """Return the library that the caller's client, or a class that it inherits from, belongs to.

    That is httpx where there is no client, or one of neither library.
    """
    for base in type(http_client).__mro__:
        package = base.__module__.partition(".")[0]
        if package in _LIBRARIES:
            return load_library(package)
    return load_library("httpx")
