# Built by `python -m generator build` from places.yaml: edits are lost.
"""GET /events."""

from typing import TypeAlias

from ..._plans.listen import RAW
from ..._runtime.raw import Response, Success, parse
from ...client import AsyncPlaces, Places
from ...models import ListenResponse200, Thing

Answer: TypeAlias = list[Thing | int] | ListenResponse200

_SUCCESSES = (
    Success("200", {"text/event-stream": list[Thing | int], "application/json": ListenResponse200}),
)


def sync_detailed(*, client: Places) -> Response[Answer]:
    """GET /events"""
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
