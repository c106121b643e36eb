# By `python -m generator build`.
"""PUT /scans/latest."""

from typing import TypeAlias

from ..._plans.replace_scan import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncBlobs, Blobs
from ...types import File

Body: TypeAlias = File
Answer: TypeAlias = None

_SUCCESSES: Successes = {"204": {}}


def sync_detailed(*, client: Blobs, body: Body) -> Response[Answer]:
	"""PUT /scans/latest"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.whole(body)))


def sync(*, client: Blobs, body: Body) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncBlobs, body: Body) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.whole(body)))


async def asyncio(*, client: AsyncBlobs, body: Body) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body)).parsed
