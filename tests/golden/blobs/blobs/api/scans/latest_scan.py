# Built by `python -m generator build` from blobs.yaml: edits are lost.
"""GET /scans/latest."""

from typing import TypeAlias

from ..._plans.latest_scan import RAW
from ..._runtime.raw import Response, Success, parse
from ..._runtime.responses import RawResponse
from ...client import AsyncBlobs, Blobs

Answer: TypeAlias = bytes

_SUCCESSES = (Success("200", {"image/tiff": bytes}),)


def _answer(raw: RawResponse) -> Response[Answer]:
    parsed: Answer = parse("GET /scans/latest", raw, _SUCCESSES)
    return Response(raw.status_code, raw.headers, raw.content, parsed)


def sync_detailed(*, client: Blobs) -> Response[Answer]:
    """GET /scans/latest"""
    return _answer(client.core.send(RAW, {}))


def sync(*, client: Blobs) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncBlobs) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return _answer(await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncBlobs) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client)).parsed
