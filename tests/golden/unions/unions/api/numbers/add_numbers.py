# Built by `python -m generator build` from unions.yaml: edits are lost.
"""GET /numbers."""

from typing import TypeAlias

from ..._plans.add_numbers import RAW
from ..._runtime.raw import Response, Success, parse
from ...client import AsyncUnions, Unions

Answer: TypeAlias = float | str | None

_SUCCESSES = (Success("200", {"application/json": float | str | None}),)


def sync_detailed(*, client: Unions) -> Response[Answer]:
    """GET /numbers"""
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
