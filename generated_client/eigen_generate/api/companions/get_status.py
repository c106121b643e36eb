# By `python -m generator build`.
"""GET /api/v1/generate/status."""

from typing import TypeAlias

from ..._plans.get_status import RAW
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncEigenGenerate, EigenGenerate
from ...models import JobStatus

Answer: TypeAlias = JobStatus

_SUCCESSES: Successes = {"200": {"application/json": JobStatus}}


def sync_detailed(*, client: EigenGenerate, job_id: str, model: str) -> Response[Answer]:
	"""Ask how far a video job is

	Args:
	    job_id: The id of the job, which the submit answered as `task_id`. Evidence: docs.
	    model: The model that the job was given to. Evidence: docs.
	"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, {}, parameters={"jobId": job_id, "model": model}))


def sync(*, client: EigenGenerate, job_id: str, model: str) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, job_id=job_id, model=model).parsed


async def asyncio_detailed(*, client: AsyncEigenGenerate, job_id: str, model: str) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}, parameters={"jobId": job_id, "model": model}))


async def asyncio(*, client: AsyncEigenGenerate, job_id: str, model: str) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, job_id=job_id, model=model)).parsed
