# By `python -m generator build`.
"""GET /events."""

from typing import TypeAlias

from ..._plans.listen import RAW
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncPlaces, Places
from ...models import ListenResponse200, Thing

Answer: TypeAlias = list[Thing | int] | ListenResponse200

_SUCCESSES: Successes = {"200": {"text/event-stream": list[Thing | int], "application/json": ListenResponse200}}


def sync_detailed(*, client: Places) -> Response[Answer]:
	"""GET /events"""
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
