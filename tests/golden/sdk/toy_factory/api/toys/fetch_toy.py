# By `python -m generator build`.
"""GET /toys/picture."""

from typing import TypeAlias

from ..._plans.fetch_toy import RAW
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncToyFactory, ToyFactory
from ...models import FetchToyResponse200
from ...types import UNSET, Unset

Answer: TypeAlias = bytes | FetchToyResponse200

_SUCCESSES: Successes = {"200": {"image/png": bytes, "application/json": FetchToyResponse200}}


def sync_detailed(*, client: ToyFactory, order: str, name: str | Unset = UNSET) -> Response[Answer]:
	"""GET /toys/picture

	Args:
	    order: The order.
	"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, {}, parameters={"order": order, "name": name}))


def sync(*, client: ToyFactory, order: str, name: str | Unset = UNSET) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, order=order, name=name).parsed


async def asyncio_detailed(*, client: AsyncToyFactory, order: str, name: str | Unset = UNSET) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}, parameters={"order": order, "name": name}))


async def asyncio(*, client: AsyncToyFactory, order: str, name: str | Unset = UNSET) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, order=order, name=name)).parsed
