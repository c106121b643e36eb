# Built by `python -m generator build` from uploads.yaml: edits are lost.
"""PUT /blobs/{name}."""

from typing import TypeAlias

from ..._plans.put_blob import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Success, parse
from ...client import AsyncUploads, Uploads
from ...types import File

Body: TypeAlias = File
Answer: TypeAlias = None

_SUCCESSES = (Success("204", {}),)


def sync_detailed(*, client: Uploads, body: Body, name: str) -> Response[Answer]:
    """PUT /blobs/{name}"""
    return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.whole(body), parameters={"name": name}))


def sync(*, client: Uploads, body: Body, name: str) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client, body=body, name=name).parsed


async def asyncio_detailed(*, client: AsyncUploads, body: Body, name: str) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.whole(body), parameters={"name": name}))


async def asyncio(*, client: AsyncUploads, body: Body, name: str) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client, body=body, name=name)).parsed
