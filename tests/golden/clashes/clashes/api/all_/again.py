# By `python -m generator build`.
"""GET /again."""

from typing import TypeAlias

from ..._plans.again import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncClashes, Clashes
from ...models import KeptResponse, WhereParameter
from ...types import UNSET, Unset

Answer: TypeAlias = KeptResponse

_SUCCESSES: Successes = {"200": {"application/json": KeptResponse}}


def sync_detailed(*, client: Clashes, where: WhereParameter | Unset = UNSET) -> Response[Answer]:
	"""GET /again"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, {}, parameters={"where": _codec.to_json(where)}))


def sync(*, client: Clashes, where: WhereParameter | Unset = UNSET) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, where=where).parsed


async def asyncio_detailed(*, client: AsyncClashes, where: WhereParameter | Unset = UNSET) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}, parameters={"where": _codec.to_json(where)}))


async def asyncio(*, client: AsyncClashes, where: WhereParameter | Unset = UNSET) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, where=where)).parsed
