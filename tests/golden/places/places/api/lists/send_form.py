# By `python -m generator build`.
"""POST /form."""

from typing import TypeAlias

from ..._plans.send_form import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncPlaces, Places
from ...models import SendFormResponse200, Thing

Body: TypeAlias = Thing | str | list[str]
Answer: TypeAlias = SendFormResponse200

_SUCCESSES: Successes = {"200": {"application/json": SendFormResponse200}}


def sync_detailed(*, client: Places, body: Body) -> Response[Answer]:
	"""POST /form"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.members_or_whole(body)))


def sync(*, client: Places, body: Body) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncPlaces, body: Body) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.members_or_whole(body)))


async def asyncio(*, client: AsyncPlaces, body: Body) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body)).parsed
