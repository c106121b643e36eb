# By `python -m generator build`.
"""GET /rooms/{floor}/{room}/pets."""

from typing import TypeAlias

from ..._plans.pets_in_room import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncPetShelter, PetShelter
from ...models import PetsInRoomResponse200

Answer: TypeAlias = PetsInRoomResponse200

_SUCCESSES: Successes = {"200": {"application/json": PetsInRoomResponse200}}


def sync_detailed(*, client: PetShelter, floor: int, room: list[str]) -> Response[Answer]:
	"""GET /rooms/{floor}/{room}/pets"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, {}, parameters={"floor": floor, "room": _codec.to_json(room)}))


def sync(*, client: PetShelter, floor: int, room: list[str]) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, floor=floor, room=room).parsed


async def asyncio_detailed(*, client: AsyncPetShelter, floor: int, room: list[str]) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(
		RAW, _SUCCESSES, await client.core.send(RAW, {}, parameters={"floor": floor, "room": _codec.to_json(room)})
	)


async def asyncio(*, client: AsyncPetShelter, floor: int, room: list[str]) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, floor=floor, room=room)).parsed
