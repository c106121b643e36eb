# By `python -m generator build`.
"""POST /shapes."""

from typing import TypeAlias

from ..._plans.add_shape import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncOrdersAPI, OrdersAPI
from ...models import Circle, FreeHand, OutcomeType0, OutcomeType1, Square

Body: TypeAlias = Circle | Square | FreeHand
Answer: TypeAlias = OutcomeType0 | OutcomeType1

_SUCCESSES: Successes = {"200": {"application/json": OutcomeType0 | OutcomeType1}}


def sync_detailed(*, client: OrdersAPI, body: Body) -> Response[Answer]:
	"""POST /shapes"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.members(body)))


def sync(*, client: OrdersAPI, body: Body) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncOrdersAPI, body: Body) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.members(body)))


async def asyncio(*, client: AsyncOrdersAPI, body: Body) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body)).parsed
