# By `python -m generator build`.
"""POST /api/v1/generate/upload."""

from typing import TypeAlias

from ..._plans.upload_voice import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncEigenGenerate, EigenGenerate
from ...models import SavedVoice, VoiceUpload

Body: TypeAlias = VoiceUpload
Answer: TypeAlias = SavedVoice

_SUCCESSES: Successes = {"200": {"application/json": SavedVoice}}


def sync_detailed(*, client: EigenGenerate, body: Body) -> Response[Answer]:
	"""Save a voice for later use"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, _codec.members(body)))


def sync(*, client: EigenGenerate, body: Body) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AsyncEigenGenerate, body: Body) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, _codec.members(body)))


async def asyncio(*, client: AsyncEigenGenerate, body: Body) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, body=body)).parsed
