# Built by `python -m generator build` from pets.yaml: edits are lost.
"""GET /rooms/{floor}/{room}/pets."""

from typing import TypeAlias

from ..._plans.pets_in_room import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Success, parse
from ..._runtime.responses import RawResponse
from ...client import AsyncPetShelter, PetShelter
from ...models.pets_in_room_response_200 import PetsInRoomResponse200

Answer: TypeAlias = PetsInRoomResponse200

_SUCCESSES = (Success("200", {"application/json": PetsInRoomResponse200}),)


def _answer(raw: RawResponse) -> Response[Answer]:
    parsed: Answer = parse("GET /rooms/{floor}/{room}/pets", raw, _SUCCESSES)
    return Response(raw.status_code, raw.headers, raw.content, parsed)


def sync_detailed(*, client: PetShelter, floor: int, room: list[str]) -> Response[Answer]:
    """GET /rooms/{floor}/{room}/pets"""
    return _answer(
        client.core.send(RAW, {}, parameters={"floor": _codec.to_json(floor), "room": _codec.to_json(room)})
    )


def sync(*, client: PetShelter, floor: int, room: list[str]) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client, floor=floor, room=room).parsed


async def asyncio_detailed(*, client: AsyncPetShelter, floor: int, room: list[str]) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return _answer(
        await client.core.send(
            RAW, {}, parameters={"floor": _codec.to_json(floor), "room": _codec.to_json(room)}
        )
    )


async def asyncio(*, client: AsyncPetShelter, floor: int, room: list[str]) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client, floor=floor, room=room)).parsed
