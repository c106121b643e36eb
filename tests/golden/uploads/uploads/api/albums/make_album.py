# Built by `python -m generator build` from uploads.yaml: edits are lost.
"""POST /albums."""

from typing import TypeAlias

from ..._plans.make_album import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Success, parse
from ..._runtime.responses import RawResponse
from ...client import AsyncUploads, Uploads
from ...models.album import Album
from ...models.receipt import Receipt

Body: TypeAlias = Album
Answer: TypeAlias = Receipt

_SUCCESSES = (Success("200", {"application/json": Receipt}),)


def _answer(raw: RawResponse) -> Response[Answer]:
    parsed: Answer = parse("POST /albums", raw, _SUCCESSES)
    return Response(raw.status_code, raw.headers, raw.content, parsed)


def sync_detailed(*, client: Uploads, body: Body) -> Response[Answer]:
    """POST /albums"""
    return _answer(client.core.send(RAW, _codec.members(body)))


def sync(*, client: Uploads, body: Body) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncUploads, body: Body) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return _answer(await client.core.send(RAW, _codec.members(body)))


async def asyncio(*, client: AsyncUploads, body: Body) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client, body=body)).parsed
