# By `python -m generator build`.
"""POST /albums."""

from typing import TypeAlias

from ..._plans.make_album import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import Api3LittleWords, AsyncApi3LittleWords
from ...models import Album, Receipt

Body: TypeAlias = Album
Answer: TypeAlias = Receipt

_SUCCESSES: Successes = {"200": {"application/json": Receipt}}


def sync_detailed(*, client: Api3LittleWords, body: Body) -> Response[Answer]:
	"""POST /albums"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.members(body)))


def sync(*, client: Api3LittleWords, body: Body) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncApi3LittleWords, body: Body) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.members(body)))


async def asyncio(*, client: AsyncApi3LittleWords, body: Body) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body)).parsed
