"""replicate: predictions, and uploads by its Files API. It downloads nothing by a call of its own."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from ..answers import KEY
from ..subject import AsyncCall, AsyncTransfer, Call, Source, Subject, Transfer

_FIRST_CALL = """
import sys
from replicate import Replicate
with Replicate(bearer_token="test-key", base_url=sys.argv[1]) as client:
    client.predictions.create(version="v", input={"prompt": "p"})
"""
_FIELDS: dict[str, Any] = {"version": "v", "input": {"prompt": "p"}}
_CLIENT = {"bearer_token": KEY, "base_url": "https://bench.invalid"}


def _calls(photo: Source) -> Mapping[str, Call]:
    client = import_module("replicate").Replicate(**_CLIENT)
    return {
        "json": lambda: client.predictions.create(**_FIELDS),
        "multipart": lambda: client.files.create(content=("in.png", photo.held, "image/png")),
    }


def _async_calls(photo: Source) -> Mapping[str, AsyncCall]:
    client = import_module("replicate").AsyncReplicate(**_CLIENT)
    return {
        "json": lambda: client.predictions.create(**_FIELDS),
        "multipart": lambda: client.files.create(content=("in.png", photo.held, "image/png")),
        "path": lambda: client.files.create(content=photo.path),
    }


def _transfers(url: str) -> Mapping[str, Transfer]:
    client = import_module("replicate").Replicate(bearer_token=KEY, base_url=url)

    def opened(source: Source) -> None:
        with source.path.open("rb") as file:
            client.files.create(content=file)

    return {
        "up.path": lambda source: client.files.create(content=source.path),
        "up.io": opened,
        "up.bytes": lambda source: client.files.create(content=source.held),
    }


def _async_transfers(url: str) -> Mapping[str, AsyncTransfer]:
    client = import_module("replicate").AsyncReplicate(bearer_token=KEY, base_url=url)
    return {"up.path": lambda source: client.files.create(content=source.path)}


SUBJECT = Subject(
    name="replicate",
    distribution="replicate",
    package="replicate",
    imports={"import.client": "from replicate import Replicate"},
    first_call=_FIRST_CALL,
    calls=_calls,
    async_calls=_async_calls,
    transfers=_transfers,
    async_transfers=_async_transfers,
)
