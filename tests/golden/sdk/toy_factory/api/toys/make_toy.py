# By `python -m generator build`.
"""POST /toys."""

from typing import Literal, TypeAlias

from ..._plans.make_toy import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncToyFactory, ToyFactory
from ...models import MakeToyResponse202, Plan, PlanWithDrawing

Body: TypeAlias = Plan | PlanWithDrawing
MediaType: TypeAlias = Literal["application/json", "multipart/form-data"]
Answer: TypeAlias = MakeToyResponse202

_SUCCESSES: Successes = {"202": {"application/json": MakeToyResponse202}}


def sync_detailed(*, client: ToyFactory, body: Body, media_type: MediaType | None = None) -> Response[Answer]:
	"""POST /toys"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.members(body), media_type=media_type))


def sync(*, client: ToyFactory, body: Body, media_type: MediaType | None = None) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body, media_type=media_type).parsed


async def asyncio_detailed(
	*, client: AsyncToyFactory, body: Body, media_type: MediaType | None = None
) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.members(body), media_type=media_type))


async def asyncio(*, client: AsyncToyFactory, body: Body, media_type: MediaType | None = None) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body, media_type=media_type)).parsed
