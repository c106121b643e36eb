# Built by `python -m generator build` from openapi.yaml: edits are lost.
"""POST /api/v1/generate/upload."""

from typing import TypeAlias

from ..._plans.upload_voice import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Success, parse
from ...client import AsyncEigenGenerate, EigenGenerate
from ...models import SavedVoice, VoiceUpload

Body: TypeAlias = VoiceUpload
Answer: TypeAlias = SavedVoice

_SUCCESSES = (Success("200", {"application/json": SavedVoice}),)


def sync_detailed(*, client: EigenGenerate, body: Body) -> Response[Answer]:
    """Save a voice for later use"""
    return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.members(body)))


def sync(*, client: EigenGenerate, body: Body) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncEigenGenerate, body: Body) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.members(body)))


async def asyncio(*, client: AsyncEigenGenerate, body: Body) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (await asyncio_detailed(client=client, body=body)).parsed
