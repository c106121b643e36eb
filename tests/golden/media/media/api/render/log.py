# By `python -m generator build`.
"""GET /log."""

from typing import TypeAlias

from ..._plans.log import RAW
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncMedia, Media

Answer: TypeAlias = str

_SUCCESSES: Successes = {"default": {"text/plain": str}}


def sync_detailed(*, client: Media) -> Response[Answer]:
	"""GET /log"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, {}))


def sync(*, client: Media) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncMedia) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncMedia) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client)).parsed
