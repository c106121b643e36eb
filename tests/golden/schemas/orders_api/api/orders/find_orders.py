# By `python -m generator build`.
"""GET /orders."""

from typing import TypeAlias

from ..._plans.find_orders import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse, warn_deprecated
from ...client import AsyncOrdersAPI, OrdersAPI
from ...models import Filter, FindOrdersResponse200, Order
from ...types import UNSET, Unset

Answer: TypeAlias = list[Order] | FindOrdersResponse200

_SUCCESSES: Successes = {"200": {"application/json": list[Order], "application/vnd.count+json": FindOrdersResponse200}}


def sync_detailed(*, client: OrdersAPI, filter_: Filter | Unset = UNSET, old: str | Unset = UNSET) -> Response[Answer]:
	"""GET /orders

	Args:
	    filter_: As JSON.
	    old: Deprecated.
	"""
	if old is not UNSET:
		warn_deprecated("old")
	return parse(
		RAW, _SUCCESSES, client.core.send(RAW, {}, parameters={"filter": _codec.json_text(filter_), "old": old})
	)


def sync(*, client: OrdersAPI, filter_: Filter | Unset = UNSET, old: str | Unset = UNSET) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, filter_=filter_, old=old).parsed


async def asyncio_detailed(
	*, client: AsyncOrdersAPI, filter_: Filter | Unset = UNSET, old: str | Unset = UNSET
) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	if old is not UNSET:
		warn_deprecated("old")
	return parse(
		RAW, _SUCCESSES, await client.core.send(RAW, {}, parameters={"filter": _codec.json_text(filter_), "old": old})
	)


async def asyncio(*, client: AsyncOrdersAPI, filter_: Filter | Unset = UNSET, old: str | Unset = UNSET) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, filter_=filter_, old=old)).parsed
