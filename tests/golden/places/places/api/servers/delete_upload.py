# By `python -m generator build`.
"""DELETE /uploads."""

from typing import TypeAlias

from ..._plans.delete_upload import RAW
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncPlaces, Places

Answer: TypeAlias = None

_SUCCESSES: Successes = {"204": {}}


def sync_detailed(*, client: Places) -> Response[Answer]:
	"""DELETE /uploads"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, {}))


def sync(*, client: Places) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncPlaces) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncPlaces) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client)).parsed
