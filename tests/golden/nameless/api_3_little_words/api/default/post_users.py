# Built by `python -m generator build` from nameless.yaml: edits are lost.
"""POST /users."""

from typing import TypeAlias

from ..._plans.post_users import RAW
from ..._runtime.raw import Response, Success, parse
from ..._runtime.responses import RawResponse
from ...client import Api3LittleWords, AsyncApi3LittleWords

Answer: TypeAlias = None

_SUCCESSES = (Success("204", {}),)


def _answer(raw: RawResponse) -> Response[Answer]:
    parsed: Answer = parse("POST /users", raw, _SUCCESSES)
    return Response(raw.status_code, raw.headers, raw.content, parsed)


def sync_detailed(*, client: Api3LittleWords) -> Response[Answer]:
    """POST /users"""
    return _answer(client.core.send(RAW, {}))


def sync(*, client: Api3LittleWords) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AsyncApi3LittleWords) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return _answer(await client.core.send(RAW, {}))


async def asyncio(*, client: AsyncApi3LittleWords) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client)).parsed
