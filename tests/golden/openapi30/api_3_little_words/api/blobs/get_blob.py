# By `python -m generator build`.
"""GET /blobs/{name}."""

from typing import TypeAlias

from ..._plans.get_blob import RAW
from ..._runtime.raw import Response, Successes, parse
from ...client import Api3LittleWords, AsyncApi3LittleWords

Answer: TypeAlias = bytes

_SUCCESSES: Successes = {"200": {"application/octet-stream": bytes}}


def sync_detailed(*, client: Api3LittleWords, name: str) -> Response[Answer]:
	"""GET /blobs/{name}"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, {}, parameters={"name": name}))


def sync(*, client: Api3LittleWords, name: str) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, name=name).parsed


async def asyncio_detailed(*, client: AsyncApi3LittleWords, name: str) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}, parameters={"name": name}))


async def asyncio(*, client: AsyncApi3LittleWords, name: str) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, name=name)).parsed
