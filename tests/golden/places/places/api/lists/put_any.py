# By `python -m generator build`.
"""PUT /any."""

from typing import Any, TypeAlias

from ..._plans.put_any import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncPlaces, Places
from ...models import PutAnyResponse200
from ...types import UNSET, Unset

Body: TypeAlias = Any
Answer: TypeAlias = PutAnyResponse200

_SUCCESSES: Successes = {"200": {"application/json": PutAnyResponse200}}


def sync_detailed(*, client: Places, body: Body | Unset = UNSET) -> Response[Answer]:
	"""PUT /any"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.whole(body)))


def sync(*, client: Places, body: Body | Unset = UNSET) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncPlaces, body: Body | Unset = UNSET) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.whole(body)))


async def asyncio(*, client: AsyncPlaces, body: Body | Unset = UNSET) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body)).parsed
