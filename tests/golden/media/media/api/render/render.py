# By `python -m generator build`.
"""GET /render."""

from typing import TypeAlias

from ..._plans.render import RAW
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncMedia, Media
from ...models import RenderResponse2XX, Report
from ...types import UNSET, Unset

Answer: TypeAlias = bytes | str | Report | RenderResponse2XX | None

_SUCCESSES: Successes = {
	"200": {
		"image/*": bytes,
		"text/plain": str,
		"text/html": str,
		"application/vnd.render+json": Report,
		"application/json": Report,
	},
	"202": {},
	"2XX": {"application/json": RenderResponse2XX},
}


def sync_detailed(*, client: Media, as_: str | Unset = UNSET) -> Response[Answer]:
	"""GET /render"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, {}, parameters={"as": as_}))


def sync(*, client: Media, as_: str | Unset = UNSET) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, as_=as_).parsed


async def asyncio_detailed(*, client: AsyncMedia, as_: str | Unset = UNSET) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}, parameters={"as": as_}))


async def asyncio(*, client: AsyncMedia, as_: str | Unset = UNSET) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, as_=as_)).parsed
