# Built by `python -m generator build` from sdk.yaml: edits are lost.
"""POST /songs."""

from typing import TypeAlias

from ..._plans.sing import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Success, parse
from ...client import AsyncToyFactory, ToyFactory
from ...models import SongRequest

Body: TypeAlias = SongRequest
Answer: TypeAlias = bytes | str

_SUCCESSES = (Success("200", {"audio/wav": bytes, "text/event-stream": str}),)


def sync_detailed(*, client: ToyFactory, body: Body) -> Response[Answer]:
    """POST /songs"""
    return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.members(body)))


def sync(*, client: ToyFactory, body: Body) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncToyFactory, body: Body) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.members(body)))


async def asyncio(*, client: AsyncToyFactory, body: Body) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client, body=body)).parsed
