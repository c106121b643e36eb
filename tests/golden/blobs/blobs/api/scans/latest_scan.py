# By `python -m generator build`.
"""GET /scans/latest."""

from typing import TypeAlias

from ..._plans.latest_scan import RAW
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncBlobs, Blobs

Answer: TypeAlias = bytes

_SUCCESSES: Successes = {"200": {"image/tiff": bytes}}


def sync_detailed(*, client: Blobs) -> Response[Answer]:
	"""GET /scans/latest"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, {}))


def sync(*, client: Blobs) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncBlobs) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncBlobs) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client)).parsed
