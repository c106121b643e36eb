# Built by `python -m generator build` from media.yaml: edits are lost.
"""GET /log."""

from typing import TypeAlias

from ..._plans.log import RAW
from ..._runtime.raw import Response, Success, parse
from ..._runtime.responses import RawResponse
from ...client import AsyncMedia, Media

Answer: TypeAlias = str

_SUCCESSES = (Success("default", {"text/plain": str}),)


def _answer(raw: RawResponse) -> Response[Answer]:
    parsed: Answer = parse("GET /log", raw, _SUCCESSES)
    return Response(raw.status_code, raw.headers, raw.content, parsed)


def sync_detailed(*, client: Media) -> Response[Answer]:
    """GET /log"""
    return _answer(client.core.send(RAW, {}))


def sync(*, client: Media) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncMedia) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return _answer(await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncMedia) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client)).parsed
