# By `python -m generator build`.
"""Make short films and wait for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Unpack

from .._plans import generate as _generate
from .._plans import get_result as _get_result
from .._plans import get_status as _get_status
from .._runtime.plan import Wait
from .._runtime.resources import AsyncResource, Resource
from .._runtime.unset import UNSET

if TYPE_CHECKING:
	from .. import arguments
	from .._runtime.files import FileInput
	from .._runtime.options import Seconds
	from ..results import Video, VideoJob, VideoStatus

_WAIT: Wait[Video] = Wait(
	_get_status.VIDEOS_STATUS,
	result=_get_result.VIDEOS_RESULT,
	parameters={"jobId": "id", "model": "model"},
	state="/status",
	done=("completed",),
	failed=("failed",),
	message="/error",
	timeout=300.0,
)


class VideosResource(Resource):
	"""Make short films and wait for them."""

	def generate(
		self,
		*,
		model: str,
		prompt: str,
		frame_num: float | None = None,
		infer_steps: int | None = None,
		seed: float | None = None,
		s3_output_path: str | None = None,
		image: FileInput | None = None,
		image_url: str | None = None,
		extra: Mapping[str, object] | None = None,
		timeout: Seconds = UNSET,
		retry_unknown: bool | None = None,
	) -> VideoJob | Video:
		"""Make a film from a prompt, from a picture, or from both.

		POST /api/v1/generate. Raises EigenGenerateError.

		At least one of these is needed: `image`, `image_url`, `frame_num`, `infer_steps`.

		No two of these go together: `image`, `image_url`.

		Args:
		    model: The model that does the work. For example "wan2p2-i2v-14b-turbo".
		    prompt: What should happen in the film. Evidence: docs.
		    frame_num: Number of frames.
		    infer_steps: Number of inference steps. At least 1, at most 20. Default: 5. Evidence: docs.
		    seed: The same seed gives the same film. Evidence: docs.
		    s3_output_path: Where the service should store the output, as a path or a bucket.
		    image: The first picture of the film. Evidence: docs.
		    image_url: Where the first picture of the film is. Evidence: docs.
		    extra: Further members, sent as they are.
		    timeout: In seconds, 300 by default; None waits for ever.
		    retry_unknown: Repeat also what may have been billed.
		"""
		return self._send(_generate.VIDEOS_GENERATE, locals())

	def status(
		self, *, job_id: str, model: str, timeout: Seconds = UNSET, retry_unknown: bool | None = None
	) -> VideoStatus:
		"""Ask how far a film is.

		GET /api/v1/generate/status. Raises EigenGenerateError.

		Args:
		    job_id: The id of the job, which the submit answered as `task_id`. Evidence: docs.
		    model: The model that the job was given to. Evidence: docs.
		    timeout: In seconds, 30 by default; None waits for ever.
		    retry_unknown: Repeat also what may have been billed.
		"""
		return self._send(_get_status.VIDEOS_STATUS, locals(), {}, parameters={"jobId": job_id, "model": model})

	def result(self, *, job_id: str, model: str, timeout: Seconds = UNSET, retry_unknown: bool | None = None) -> Video:
		"""Fetch a film that is made.

		GET /api/v1/generate/result. Raises EigenGenerateError.

		Args:
		    job_id: The id of the job, which the submit answered as `task_id`. Evidence: docs.
		    model: The model that the job was given to. Evidence: docs.
		    timeout: In seconds, 300 by default; None waits for ever.
		    retry_unknown: Repeat also what may have been billed.
		"""
		return self._send(_get_result.VIDEOS_RESULT, locals(), {}, parameters={"jobId": job_id, "model": model})

	def wait(
		self,
		job: VideoJob | str,
		*,
		model: str | None = None,
		on_progress: Callable[[VideoStatus], object] | None = None,
		interval: float | None = None,
		timeout: float | None = None,
	) -> Video:
		"""Wait until a film is made, and fetch it.

		Args:
		    job: The job, or its id.
		    model: As in the request; only needed if `job` is a bare id.
		    on_progress: Called with every answer about the job's state.
		    interval: Seconds between two questions, 2 if left out.
		    timeout: Seconds after which to give up, 300 if left out.

		Raises:
		    JobFailedError: The job failed.
		    JobTimeoutError: It was not done in time; it goes on at the server.
		"""
		return self._core.wait(
			_WAIT, job, {"model": model}, on_progress=on_progress, interval=interval, timeout=timeout
		)


class AsyncVideosResource(AsyncResource, of=VideosResource):
	async def generate(self, **values: Unpack[arguments.VideosGenerateArgs]) -> VideoJob | Video:
		"""Make a film from a prompt, from a picture, or from both."""
		return await self._call("generate", values)

	async def status(self, **values: Unpack[arguments.VideosStatusArgs]) -> VideoStatus:
		"""Ask how far a film is."""
		return await self._call("status", values)

	async def result(self, **values: Unpack[arguments.VideosResultArgs]) -> Video:
		"""Fetch a film that is made."""
		return await self._call("result", values)

	async def wait(
		self,
		job: VideoJob | str,
		*,
		model: str | None = None,
		on_progress: Callable[[VideoStatus], object] | None = None,
		interval: float | None = None,
		timeout: float | None = None,
	) -> Video:
		"""Wait until a film is made, and fetch it."""
		return await self._core.wait(
			_WAIT, job, {"model": model}, on_progress=on_progress, interval=interval, timeout=timeout
		)
