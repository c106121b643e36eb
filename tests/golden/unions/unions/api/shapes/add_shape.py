# Built by `python -m generator build` from unions.yaml: edits are lost.
"""POST /shapes."""

from typing import TypeAlias

from ..._plans.add_shape import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Success, parse
from ..._runtime.responses import RawResponse
from ...client import AsyncUnions, Unions
from ...models.circle import Circle
from ...models.free_hand import FreeHand
from ...models.outcome_type_0 import OutcomeType0
from ...models.outcome_type_1 import OutcomeType1
from ...models.square import Square

Body: TypeAlias = Circle | Square | FreeHand
Answer: TypeAlias = OutcomeType0 | OutcomeType1

_SUCCESSES = (Success("200", {"application/json": OutcomeType0 | OutcomeType1}),)


def _answer(raw: RawResponse) -> Response[Answer]:
    parsed: Answer = parse("POST /shapes", raw, _SUCCESSES)
    return Response(raw.status_code, raw.headers, raw.content, parsed)


def sync_detailed(*, client: Unions, body: Body) -> Response[Answer]:
    """POST /shapes"""
    return _answer(client.core.send(RAW, _codec.members(body)))


def sync(*, client: Unions, body: Body) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncUnions, body: Body) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return _answer(await client.core.send(RAW, _codec.members(body)))


async def asyncio(*, client: AsyncUnions, body: Body) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client, body=body)).parsed
