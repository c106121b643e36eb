# Built by `python -m generator build` from places.yaml: edits are lost.
"""POST /uploads."""

from typing import TypeAlias

from ..._plans.post_upload import RAW
from ..._runtime.raw import Response, Success, parse
from ...client import AsyncPlaces, Places

Answer: TypeAlias = None

_SUCCESSES = (Success("204", {}),)


def sync_detailed(*, client: Places) -> Response[Answer]:
    """POST /uploads"""
    return parse(RAW, _SUCCESSES, client.core.send(RAW, {}))


def sync(*, client: Places) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncPlaces) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncPlaces) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client)).parsed
