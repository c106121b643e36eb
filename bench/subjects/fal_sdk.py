"""fal-client: JSON calls alone, because its hosts are fixed and its files go to a store apart."""

from collections.abc import Mapping
from importlib import import_module

from ..answers import KEY
from ..subject import AsyncCall, Call, Source, Subject

_ARGUMENTS = {"prompt": "p"}


def _calls(_: Source) -> Mapping[str, Call]:
    client = import_module("fal_client").SyncClient(key=KEY)
    return {"json": lambda: client.run("fal-ai/bench", _ARGUMENTS)}


def _async_calls(_: Source) -> Mapping[str, AsyncCall]:
    client = import_module("fal_client").AsyncClient(key=KEY)
    return {"json": lambda: client.run("fal-ai/bench", _ARGUMENTS)}


SUBJECT = Subject(
    name="fal-client",
    distribution="fal-client",
    package="fal_client",
    imports={
        "import.client": "from fal_client import SyncClient",
    },
    calls=_calls,
    async_calls=_async_calls,
)
