# Built by `python -m generator build` from unions.yaml: edits are lost.
"""GET /numbers."""

from typing import TypeAlias

from ..._plans.add_numbers import RAW
from ..._runtime.raw import Response, Success, parse
from ..._runtime.responses import RawResponse
from ...client import AsyncUnions, Unions

Answer: TypeAlias = float | str | None

_SUCCESSES = (Success("200", {"application/json": float | str | None}),)


def _answer(raw: RawResponse) -> Response[Answer]:
    parsed: Answer = parse("GET /numbers", raw, _SUCCESSES)
    return Response(raw.status_code, raw.headers, raw.content, parsed)


def sync_detailed(*, client: Unions) -> Response[Answer]:
    """GET /numbers"""
    return _answer(client.core.send(RAW, {}))


def sync(*, client: Unions) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncUnions) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return _answer(await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncUnions) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client)).parsed
