# By `python -m generator build`.
"""GET /numbers."""

from typing import TypeAlias

from ..._plans.add_numbers import RAW
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncOrdersAPI, OrdersAPI

Answer: TypeAlias = float | str | None

_SUCCESSES: Successes = {"200": {"application/json": float | str | None}}


def sync_detailed(*, client: OrdersAPI) -> Response[Answer]:
	"""GET /numbers"""
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
