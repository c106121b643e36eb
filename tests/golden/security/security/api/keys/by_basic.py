# Built by `python -m generator build` from security.yaml: edits are lost.
"""GET /by-basic."""

from typing import TypeAlias

from ..._plans.by_basic import RAW
from ..._runtime.raw import Response, Success, parse
from ...client import AsyncSecurity, Security

Answer: TypeAlias = None

_SUCCESSES = (Success("204", {}),)


def sync_detailed(*, client: Security) -> Response[Answer]:
    """GET /by-basic"""
    return parse(RAW, _SUCCESSES, client.core.send(RAW, {}))


def sync(*, client: Security) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncSecurity) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncSecurity) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client)).parsed
