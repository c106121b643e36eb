# By `python -m generator build`.
"""GET /."""

from typing import TypeAlias

from ..._plans.get import RAW
from ..._runtime.raw import Response, Successes, parse
from ...client import Api3LittleWords, AsyncApi3LittleWords

Answer: TypeAlias = str

_SUCCESSES: Successes = {"200": {"text/plain": str}}


def sync_detailed(*, client: Api3LittleWords) -> Response[Answer]:
	"""GET /"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, {}))


def sync(*, client: Api3LittleWords) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncApi3LittleWords) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncApi3LittleWords) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client)).parsed
