# By `python -m generator build`.
"""POST /pets."""

from typing import TypeAlias

from ..._plans.add_pet import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncPetShelter, PetShelter
from ...models import Pet
from ...types import UNSET, Unset

Body: TypeAlias = Pet
Answer: TypeAlias = Pet

_SUCCESSES: Successes = {"201": {"application/json": Pet}}


def sync_detailed(*, client: PetShelter, body: Body, x_trace: str | Unset = UNSET) -> Response[Answer]:
	"""Take a pet in

	Args:
	    x_trace: Comes back in the log.
	"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.members(body), parameters={"X-Trace": x_trace}))


def sync(*, client: PetShelter, body: Body, x_trace: str | Unset = UNSET) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body, x_trace=x_trace).parsed


async def asyncio_detailed(*, client: AsyncPetShelter, body: Body, x_trace: str | Unset = UNSET) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.members(body), parameters={"X-Trace": x_trace}))


async def asyncio(*, client: AsyncPetShelter, body: Body, x_trace: str | Unset = UNSET) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body, x_trace=x_trace)).parsed
