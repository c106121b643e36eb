# By `python -m generator build`.
"""GET /pets/{petId}."""

from typing import TypeAlias
from uuid import UUID

from ..._plans.get_pet import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncPetShelter, PetShelter
from ...models import Pet

Answer: TypeAlias = Pet

_SUCCESSES: Successes = {"200": {"application/json": Pet}}


def sync_detailed(*, client: PetShelter, pet_id: UUID) -> Response[Answer]:
	"""GET /pets/{petId}"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, {}, parameters={"petId": _codec.to_json(pet_id)}))


def sync(*, client: PetShelter, pet_id: UUID) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, pet_id=pet_id).parsed


async def asyncio_detailed(*, client: AsyncPetShelter, pet_id: UUID) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}, parameters={"petId": _codec.to_json(pet_id)}))


async def asyncio(*, client: AsyncPetShelter, pet_id: UUID) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, pet_id=pet_id)).parsed
