# By `python -m generator build`.
"""POST /scans."""

from typing import Literal, TypeAlias

from ..._plans.add_scan import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncBlobs, Blobs
from ...models import AddScanFilesBody, Scan

Body: TypeAlias = Scan | AddScanFilesBody
MediaType: TypeAlias = Literal["application/json", "multipart/form-data"]
Answer: TypeAlias = str

_SUCCESSES: Successes = {"200": {"text/plain": str}}


def sync_detailed(*, client: Blobs, body: Body, media_type: MediaType | None = None) -> Response[Answer]:
	"""POST /scans"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.members(body), media_type=media_type))


def sync(*, client: Blobs, body: Body, media_type: MediaType | None = None) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body, media_type=media_type).parsed


async def asyncio_detailed(*, client: AsyncBlobs, body: Body, media_type: MediaType | None = None) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.members(body), media_type=media_type))


async def asyncio(*, client: AsyncBlobs, body: Body, media_type: MediaType | None = None) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body, media_type=media_type)).parsed
