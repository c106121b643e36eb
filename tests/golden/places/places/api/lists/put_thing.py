# By `python -m generator build`.
"""PUT /thing."""

from typing import TypeAlias

from ..._plans.put_thing import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncPlaces, Places
from ...models import PutThingResponse200, Thing
from ...types import UNSET, Unset

Body: TypeAlias = Thing
Answer: TypeAlias = PutThingResponse200

_SUCCESSES: Successes = {"200": {"application/json": PutThingResponse200}}


def sync_detailed(*, client: Places, body: Body | Unset = UNSET) -> Response[Answer]:
	"""PUT /thing"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.members(body)))


def sync(*, client: Places, body: Body | Unset = UNSET) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncPlaces, body: Body | Unset = UNSET) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.members(body)))


async def asyncio(*, client: AsyncPlaces, body: Body | Unset = UNSET) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body)).parsed
