# By `python -m generator build`.
"""POST /labels."""

from typing import TypeAlias

from ..._plans.print_label import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncToyFactory, ToyFactory
from ...models import LabelRequest, PrintLabelResponse200

Body: TypeAlias = LabelRequest
Answer: TypeAlias = str | PrintLabelResponse200

_SUCCESSES: Successes = {"200": {"text/plain": str, "application/json": PrintLabelResponse200}}


def sync_detailed(*, client: ToyFactory, body: Body) -> Response[Answer]:
	"""POST /labels"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.members(body)))


def sync(*, client: ToyFactory, body: Body) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncToyFactory, body: Body) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.members(body)))


async def asyncio(*, client: AsyncToyFactory, body: Body) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body)).parsed
