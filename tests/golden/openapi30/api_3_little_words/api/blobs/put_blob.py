# By `python -m generator build`.
"""PUT /blobs/{name}."""

from typing import TypeAlias

from ..._plans.put_blob import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import Api3LittleWords, AsyncApi3LittleWords
from ...types import File

Body: TypeAlias = File
Answer: TypeAlias = None

_SUCCESSES: Successes = {"204": {}}


def sync_detailed(*, client: Api3LittleWords, body: Body, name: str) -> Response[Answer]:
	"""PUT /blobs/{name}"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.whole(body), parameters={"name": name}))


def sync(*, client: Api3LittleWords, body: Body, name: str) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body, name=name).parsed


async def asyncio_detailed(*, client: AsyncApi3LittleWords, body: Body, name: str) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.whole(body), parameters={"name": name}))


async def asyncio(*, client: AsyncApi3LittleWords, body: Body, name: str) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body, name=name)).parsed
