# Built by `python -m generator build` from media.yaml: edits are lost.
"""POST /pictures."""

from typing import Literal, TypeAlias

from ..._plans.add_picture import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Success, parse
from ...client import AsyncMedia, Media
from ...types import File

Body: TypeAlias = File | str
Answer: TypeAlias = None

_SUCCESSES = (Success("201", {}),)


def sync_detailed(
    *, client: Media, body: Body, media_type: Literal["image/*", "text/plain"] | None = None
) -> Response[Answer]:
    """POST /pictures

    Headers:
        Location: Where it is.
    """
    return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.whole(body), media_type=media_type))


def sync(*, client: Media, body: Body, media_type: Literal["image/*", "text/plain"] | None = None) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client, body=body, media_type=media_type).parsed


async def asyncio_detailed(
    *, client: AsyncMedia, body: Body, media_type: Literal["image/*", "text/plain"] | None = None
) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.whole(body), media_type=media_type))


async def asyncio(
    *, client: AsyncMedia, body: Body, media_type: Literal["image/*", "text/plain"] | None = None
) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client, body=body, media_type=media_type)).parsed
