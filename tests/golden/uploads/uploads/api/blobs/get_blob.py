# By `python -m generator build`.
"""GET /blobs/{name}."""

from typing import TypeAlias

from ..._plans.get_blob import RAW
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncUploads, Uploads

Answer: TypeAlias = bytes

_SUCCESSES: Successes = {"200": {"application/octet-stream": bytes}}


def sync_detailed(*, client: Uploads, name: str) -> Response[Answer]:
	"""GET /blobs/{name}"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, {}, parameters={"name": name}))


def sync(*, client: Uploads, name: str) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, name=name).parsed


async def asyncio_detailed(*, client: AsyncUploads, name: str) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}, parameters={"name": name}))


async def asyncio(*, client: AsyncUploads, name: str) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, name=name)).parsed
