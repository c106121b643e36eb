# Built by `python -m generator build` from nameless.yaml: edits are lost.
"""GET /users."""

from typing import TypeAlias

from ..._plans.get_users import RAW
from ..._runtime.raw import Response, Success, parse
from ...client import Api3LittleWords, AsyncApi3LittleWords

Answer: TypeAlias = None

_SUCCESSES = (Success("204", {}),)


def sync_detailed(*, client: Api3LittleWords) -> Response[Answer]:
    """GET /users"""
    return parse(RAW, _SUCCESSES, client.core.send(RAW, {}))


def sync(*, client: Api3LittleWords) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncApi3LittleWords) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncApi3LittleWords) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client)).parsed
