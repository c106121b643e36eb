# By `python -m generator build`.
"""POST /pictures."""

from typing import Literal, TypeAlias

from ..._plans.add_picture import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncMedia, Media
from ...types import File

Body: TypeAlias = File | str
MediaType: TypeAlias = Literal["image/*", "text/plain"]
Answer: TypeAlias = None

_SUCCESSES: Successes = {"201": {}}


def sync_detailed(*, client: Media, body: Body, media_type: MediaType | None = None) -> Response[Answer]:
	"""POST /pictures

	Headers:
	    Location: Where it is.
	"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.whole(body), media_type=media_type))


def sync(*, client: Media, body: Body, media_type: MediaType | None = None) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body, media_type=media_type).parsed


async def asyncio_detailed(*, client: AsyncMedia, body: Body, media_type: MediaType | None = None) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.whole(body), media_type=media_type))


async def asyncio(*, client: AsyncMedia, body: Body, media_type: MediaType | None = None) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body, media_type=media_type)).parsed
