# By `python -m generator build`.
"""POST /visits."""

from typing import TypeAlias

from ..._plans.book_visit import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncPetShelter, PetShelter
from ...models import BookVisitBody

Body: TypeAlias = BookVisitBody
Answer: TypeAlias = int

_SUCCESSES: Successes = {"200": {"application/json": int}}


def sync_detailed(*, client: PetShelter, body: Body) -> Response[Answer]:
	"""POST /visits"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.members(body)))


def sync(*, client: PetShelter, body: Body) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncPetShelter, body: Body) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.members(body)))


async def asyncio(*, client: AsyncPetShelter, body: Body) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body)).parsed
