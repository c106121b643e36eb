"""fal-client: JSON calls alone, because its hosts are fixed and its files go to a store apart."""

from collections.abc import Generator, Mapping
from importlib import import_module
from typing import Any

from ..answers import KEY
from ..subject import AsyncCall, Call, Source, Subject
from .raw_httpx import mock_transport

_ARGUMENTS = {"prompt": "p"}
_HEADERS = {"Authorization": f"Key {KEY}"}


class _Ready:
    """Can be awaited as often as asked, like the property whose place it takes."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __await__(self) -> Generator[Any, None, object]:
        return self._value
        yield


def _calls(_: Source) -> Mapping[str, Call]:
    fal, httpx = _modules()
    client = fal.SyncClient(key=KEY)
    # It takes no client of the caller's; this is where it would cache its own.
    vars(client)["_client"] = httpx.Client(transport=mock_transport(httpx), headers=_HEADERS)
    return {"json": lambda: client.run("fal-ai/bench", _ARGUMENTS)}


def _async_calls(_: Source) -> Mapping[str, AsyncCall]:
    fal, httpx = _modules()
    client = fal.AsyncClient(key=KEY)
    vars(client)["_client"] = _Ready(httpx.AsyncClient(transport=mock_transport(httpx), headers=_HEADERS))
    return {"json": lambda: client.run("fal-ai/bench", _ARGUMENTS)}


def _modules() -> tuple[Any, Any]:
    return import_module("fal_client"), import_module("httpx")


SUBJECT = Subject(
    name="fal-client",
    distribution="fal-client",
    package="fal_client",
    imports={
        "import.package": "import fal_client",
        "import.client": "from fal_client import SyncClient",
    },
    calls=_calls,
    async_calls=_async_calls,
)
