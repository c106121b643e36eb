# By `python -m generator build`.
"""GET /animals."""

from typing import TypeAlias

from ..._plans.any_animal import RAW
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncOrdersAPI, OrdersAPI
from ...models import Cat, Dog

Answer: TypeAlias = Cat | Dog

_SUCCESSES: Successes = {"200": {"application/json": Cat | Dog}}


def sync_detailed(*, client: OrdersAPI) -> Response[Answer]:
	"""GET /animals"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, {}))


def sync(*, client: OrdersAPI) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncOrdersAPI) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncOrdersAPI) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client)).parsed
