# Built by `python -m generator build` from blobs.yaml: edits are lost.
"""GET /scans/latest."""

from typing import TypeAlias

from ..._plans.latest_scan import RAW
from ..._runtime.raw import Response, Success, parse
from ...client import AsyncBlobs, Blobs

Answer: TypeAlias = bytes

_SUCCESSES = (Success("200", {"image/tiff": bytes}),)


def sync_detailed(*, client: Blobs) -> Response[Answer]:
    """GET /scans/latest"""
    return parse(RAW, _SUCCESSES, client.core.send(RAW, {}))


def sync(*, client: Blobs) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncBlobs) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncBlobs) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client)).parsed
