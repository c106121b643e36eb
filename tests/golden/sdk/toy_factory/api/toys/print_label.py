# Built by `python -m generator build` from sdk.yaml: edits are lost.
"""POST /labels."""

from typing import TypeAlias

from ..._plans.print_label import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Success, parse
from ..._runtime.responses import RawResponse
from ...client import AsyncToyFactory, ToyFactory
from ...models.label_request import LabelRequest
from ...models.print_label_response_200 import PrintLabelResponse200

Body: TypeAlias = LabelRequest
Answer: TypeAlias = str | PrintLabelResponse200

_SUCCESSES = (Success("200", {"text/plain": str, "application/json": PrintLabelResponse200}),)


def _answer(raw: RawResponse) -> Response[Answer]:
    parsed: Answer = parse("POST /labels", raw, _SUCCESSES)
    return Response(raw.status_code, raw.headers, raw.content, parsed)


def sync_detailed(*, client: ToyFactory, body: Body) -> Response[Answer]:
    """POST /labels"""
    return _answer(client.core.send(RAW, _codec.members(body)))


def sync(*, client: ToyFactory, body: Body) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncToyFactory, body: Body) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return _answer(await client.core.send(RAW, _codec.members(body)))


async def asyncio(*, client: AsyncToyFactory, body: Body) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client, body=body)).parsed
