# Built by `python -m generator build` from places.yaml: edits are lost.
"""PUT /any."""

from typing import Any, TypeAlias

from ..._plans.put_any import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Success, parse
from ...client import AsyncPlaces, Places
from ...models import PutAnyResponse200
from ...types import UNSET, Unset

Body: TypeAlias = Any
Answer: TypeAlias = PutAnyResponse200

_SUCCESSES = (Success("200", {"application/json": PutAnyResponse200}),)


def sync_detailed(*, client: Places, body: Body | Unset = UNSET) -> Response[Answer]:
    """PUT /any"""
    return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.whole(body)))


def sync(*, client: Places, body: Body | Unset = UNSET) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncPlaces, body: Body | Unset = UNSET) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.whole(body)))


async def asyncio(*, client: AsyncPlaces, body: Body | Unset = UNSET) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client, body=body)).parsed
