# By `python -m generator build`.
"""GET /pets."""

import datetime
from typing import TypeAlias

from ..._plans.list_pets import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncPetShelter, PetShelter
from ...models import Kind, ListPetsWhere, Pet
from ...types import UNSET, Unset

Answer: TypeAlias = list[Pet]

_SUCCESSES: Successes = {"200": {"application/json": list[Pet]}}


def sync_detailed(
	*,
	client: PetShelter,
	x_trace: str | Unset = UNSET,
	kind: Kind | Unset = UNSET,
	tags: list[str] | Unset = UNSET,
	ids: list[int] | Unset = UNSET,
	colours: list[str] | Unset = UNSET,
	where: ListPetsWhere | Unset = UNSET,
	limit: int | Unset = UNSET,
	adopted: bool | None | Unset = UNSET,
	born_after: datetime.date | Unset = UNSET,
	session: str | Unset = UNSET,
) -> Response[Answer]:
	"""List pets

	Args:
	    x_trace: Comes back in the log.
	    tags: Any of these.
	    limit: At least 1, at most 100. Default: 20.

	Headers:
	    X-Total: How many there are in all.
	"""
	return parse(
		RAW,
		_SUCCESSES,
		client.core.send(
			RAW,
			{},
			parameters={
				"X-Trace": x_trace,
				"kind": _codec.to_json(kind),
				"tags": _codec.to_json(tags),
				"ids": _codec.to_json(ids),
				"colours": _codec.to_json(colours),
				"where": _codec.to_json(where),
				"limit": limit,
				"adopted": adopted,
				"born-after": _codec.to_json(born_after),
				"session": session,
			},
		),
	)


def sync(
	*,
	client: PetShelter,
	x_trace: str | Unset = UNSET,
	kind: Kind | Unset = UNSET,
	tags: list[str] | Unset = UNSET,
	ids: list[int] | Unset = UNSET,
	colours: list[str] | Unset = UNSET,
	where: ListPetsWhere | Unset = UNSET,
	limit: int | Unset = UNSET,
	adopted: bool | None | Unset = UNSET,
	born_after: datetime.date | Unset = UNSET,
	session: str | Unset = UNSET,
) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(
		client=client,
		x_trace=x_trace,
		kind=kind,
		tags=tags,
		ids=ids,
		colours=colours,
		where=where,
		limit=limit,
		adopted=adopted,
		born_after=born_after,
		session=session,
	).parsed


async def asyncio_detailed(
	*,
	client: AsyncPetShelter,
	x_trace: str | Unset = UNSET,
	kind: Kind | Unset = UNSET,
	tags: list[str] | Unset = UNSET,
	ids: list[int] | Unset = UNSET,
	colours: list[str] | Unset = UNSET,
	where: ListPetsWhere | Unset = UNSET,
	limit: int | Unset = UNSET,
	adopted: bool | None | Unset = UNSET,
	born_after: datetime.date | Unset = UNSET,
	session: str | Unset = UNSET,
) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(
		RAW,
		_SUCCESSES,
		await client.core.send(
			RAW,
			{},
			parameters={
				"X-Trace": x_trace,
				"kind": _codec.to_json(kind),
				"tags": _codec.to_json(tags),
				"ids": _codec.to_json(ids),
				"colours": _codec.to_json(colours),
				"where": _codec.to_json(where),
				"limit": limit,
				"adopted": adopted,
				"born-after": _codec.to_json(born_after),
				"session": session,
			},
		),
	)


async def asyncio(
	*,
	client: AsyncPetShelter,
	x_trace: str | Unset = UNSET,
	kind: Kind | Unset = UNSET,
	tags: list[str] | Unset = UNSET,
	ids: list[int] | Unset = UNSET,
	colours: list[str] | Unset = UNSET,
	where: ListPetsWhere | Unset = UNSET,
	limit: int | Unset = UNSET,
	adopted: bool | None | Unset = UNSET,
	born_after: datetime.date | Unset = UNSET,
	session: str | Unset = UNSET,
) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (
		await asyncio_detailed(
			client=client,
			x_trace=x_trace,
			kind=kind,
			tags=tags,
			ids=ids,
			colours=colours,
			where=where,
			limit=limit,
			adopted=adopted,
			born_after=born_after,
			session=session,
		)
	).parsed
