# By `python -m generator build`.
"""PUT /maybe."""

from typing import Literal, TypeAlias

from ..._plans.put_maybe import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncPlaces, Places
from ...models import PutMaybeResponse200, Thing
from ...types import UNSET, Unset

Body: TypeAlias = Thing | list[int] | str | None
MediaType: TypeAlias = Literal["application/json", "text/plain"]
Answer: TypeAlias = PutMaybeResponse200

_SUCCESSES: Successes = {"200": {"application/json": PutMaybeResponse200}}


def sync_detailed(
	*, client: Places, body: Body | Unset = UNSET, media_type: MediaType | None = None
) -> Response[Answer]:
	"""PUT /maybe"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.whole(body), media_type=media_type))


def sync(*, client: Places, body: Body | Unset = UNSET, media_type: MediaType | None = None) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body, media_type=media_type).parsed


async def asyncio_detailed(
	*, client: AsyncPlaces, body: Body | Unset = UNSET, media_type: MediaType | None = None
) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.whole(body), media_type=media_type))


async def asyncio(*, client: AsyncPlaces, body: Body | Unset = UNSET, media_type: MediaType | None = None) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body, media_type=media_type)).parsed
