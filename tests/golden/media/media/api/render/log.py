# Built by `python -m generator build` from media.yaml: edits are lost.
"""GET /log."""

from typing import TypeAlias

from ..._plans.log import RAW
from ..._runtime.raw import Response, Success, parse
from ...client import AsyncMedia, Media

Answer: TypeAlias = str

_SUCCESSES = (Success("default", {"text/plain": str}),)


def sync_detailed(*, client: Media) -> Response[Answer]:
    """GET /log"""
    return parse(RAW, _SUCCESSES, client.core.send(RAW, {}))


def sync(*, client: Media) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncMedia) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncMedia) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client)).parsed
