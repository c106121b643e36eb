# By `python -m generator build`.
"""POST /lists/{id}."""

from typing import TypeAlias

from ..._plans.add_list import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncPlaces, Places
from ...models import AddListResponse200, Thing
from ...types import UNSET, Unset

Body: TypeAlias = list[Thing]
Answer: TypeAlias = AddListResponse200

_SUCCESSES: Successes = {"200": {"application/json": AddListResponse200}}


def sync_detailed(
	*,
	client: Places,
	body: Body,
	id: int,
	query_id: str | Unset = UNSET,
	header_id: str | Unset = UNSET,
	query_id_2: str | Unset = UNSET,
) -> Response[Answer]:
	"""POST /lists/{id}

	Args:
	    id: Of the list.
	    query_id: Of the request.
	"""
	return parse(
		RAW,
		_SUCCESSES,
		client.core.send(
			RAW,
			_codec.whole(body),
			parameters={"id": id, "query_id_": query_id, "header_id": header_id, "query_id": query_id_2},
		),
	)


def sync(
	*,
	client: Places,
	body: Body,
	id: int,
	query_id: str | Unset = UNSET,
	header_id: str | Unset = UNSET,
	query_id_2: str | Unset = UNSET,
) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(
		client=client, body=body, id=id, query_id=query_id, header_id=header_id, query_id_2=query_id_2
	).parsed


async def asyncio_detailed(
	*,
	client: AsyncPlaces,
	body: Body,
	id: int,
	query_id: str | Unset = UNSET,
	header_id: str | Unset = UNSET,
	query_id_2: str | Unset = UNSET,
) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(
		RAW,
		_SUCCESSES,
		await client.core.send(
			RAW,
			_codec.whole(body),
			parameters={"id": id, "query_id_": query_id, "header_id": header_id, "query_id": query_id_2},
		),
	)


async def asyncio(
	*,
	client: AsyncPlaces,
	body: Body,
	id: int,
	query_id: str | Unset = UNSET,
	header_id: str | Unset = UNSET,
	query_id_2: str | Unset = UNSET,
) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (
		await asyncio_detailed(
			client=client, body=body, id=id, query_id=query_id, header_id=header_id, query_id_2=query_id_2
		)
	).parsed
