# By `python -m generator build`.
"""POST /all."""

from typing import TypeAlias

from ..._plans.send_all import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncClashes, Clashes
from ...models import Every, KeptResponse

Body: TypeAlias = Every
Answer: TypeAlias = Every | KeptResponse

_SUCCESSES: Successes = {"200": {"application/json": Every}, "201": {"application/json": KeptResponse}}


def sync_detailed(*, client: Clashes, body: Body) -> Response[Answer]:
	"""POST /all"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.members(body)))


def sync(*, client: Clashes, body: Body) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncClashes, body: Body) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.members(body)))


async def asyncio(*, client: AsyncClashes, body: Body) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body)).parsed
