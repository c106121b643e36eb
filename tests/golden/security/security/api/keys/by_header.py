# By `python -m generator build`.
"""GET /by-header."""

from typing import TypeAlias

from ..._plans.by_header import RAW
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncSecurity, Security

Answer: TypeAlias = None

_SUCCESSES: Successes = {"204": {}}


def sync_detailed(*, client: Security) -> Response[Answer]:
	"""GET /by-header"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, {}))


def sync(*, client: Security) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncSecurity) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncSecurity) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client)).parsed
