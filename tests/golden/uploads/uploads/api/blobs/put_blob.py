# Built by `python -m generator build` from uploads.yaml: edits are lost.
"""PUT /blobs/{name}."""

from typing import TypeAlias

from ..._plans.put_blob import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Success, parse
from ..._runtime.responses import RawResponse
from ...client import AsyncUploads, Uploads
from ...types import File

Body: TypeAlias = File
Answer: TypeAlias = None

_SUCCESSES = (Success("204", {}),)


def _answer(raw: RawResponse) -> Response[Answer]:
    parsed: Answer = parse("PUT /blobs/{name}", raw, _SUCCESSES)
    return Response(raw.status_code, raw.headers, raw.content, parsed)


def sync_detailed(*, client: Uploads, body: Body, name: str) -> Response[Answer]:
    """PUT /blobs/{name}"""
    return _answer(client.core.send(RAW, _codec.whole(body), parameters={"name": _codec.to_json(name)}))


def sync(*, client: Uploads, body: Body, name: str) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client, body=body, name=name).parsed


async def asyncio_detailed(*, client: AsyncUploads, body: Body, name: str) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return _answer(await client.core.send(RAW, _codec.whole(body), parameters={"name": _codec.to_json(name)}))


async def asyncio(*, client: AsyncUploads, body: Body, name: str) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client, body=body, name=name)).parsed
