# Built by `python -m generator build` from places.yaml: edits are lost.
"""GET /uploads."""

from typing import TypeAlias

from ..._plans.list_uploads import RAW
from ..._runtime.raw import Response, Success, parse
from ..._runtime.responses import RawResponse
from ...client import AsyncPlaces, Places

Answer: TypeAlias = None

_SUCCESSES = (Success("204", {}),)


def _answer(raw: RawResponse) -> Response[Answer]:
    parsed: Answer = parse("GET /uploads", raw, _SUCCESSES)
    return Response(raw.status_code, raw.headers, raw.content, parsed)


def sync_detailed(*, client: Places) -> Response[Answer]:
    """GET /uploads

    It is sent to https://eu.uploads.example.com/v2, unless a base_url was chosen.
    """
    return _answer(client.core.send(RAW, {}))


def sync(*, client: Places) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncPlaces) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return _answer(await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncPlaces) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client)).parsed
