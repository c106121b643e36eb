# Built by `python -m generator build` from unions.yaml: edits are lost.
"""GET /animals."""

from typing import TypeAlias

from ..._plans.any_animal import RAW
from ..._runtime.raw import Response, Success, parse
from ...client import AsyncUnions, Unions
from ...models import Cat, Dog

Answer: TypeAlias = Cat | Dog

_SUCCESSES = (Success("200", {"application/json": Cat | Dog}),)


def sync_detailed(*, client: Unions) -> Response[Answer]:
    """GET /animals"""
    return parse(RAW, _SUCCESSES, client.core.send(RAW, {}))


def sync(*, client: Unions) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncUnions) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncUnions) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client)).parsed
