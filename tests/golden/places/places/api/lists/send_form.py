# Built by `python -m generator build` from places.yaml: edits are lost.
"""POST /form."""

from typing import TypeAlias

from ..._plans.send_form import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Success, parse
from ...client import AsyncPlaces, Places
from ...models import SendFormResponse200, Thing

Body: TypeAlias = Thing | str | list[str]
Answer: TypeAlias = SendFormResponse200

_SUCCESSES = (Success("200", {"application/json": SendFormResponse200}),)


def sync_detailed(*, client: Places, body: Body) -> Response[Answer]:
    """POST /form"""
    return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.members_or_whole(body)))


def sync(*, client: Places, body: Body) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncPlaces, body: Body) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.members_or_whole(body)))


async def asyncio(*, client: AsyncPlaces, body: Body) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client, body=body)).parsed
