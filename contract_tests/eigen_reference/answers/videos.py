"""Answer a video submit, and the questions that follow it."""

from starlette.responses import Response

from ..engines.engines import Engines
from ..engines.jobs import Job
from ..engines.values import DEFAULT_FRAMES, Source, Video
from ..problems import RequestError, json_response
from . import options
from .request import Request

FRAMES = (1, 257)
"""Fewest and most that are made; `frame_num` is rounded and kept between them."""


def submit(request: Request) -> Response:
    """Take an order for a video and answer with its job."""
    video = Video(
        prompt=request.text("prompt"),
        source=_source(request),
        frames=round(options.number(request.values, "frame_num", DEFAULT_FRAMES, *FRAMES)),
        steps=int(options.number(request.values, "infer_steps", 5, 1, 20)),
        seed=options.seed(request.values),
    )
    job = request.engines.submit_video(request.values["model"], video, cheap=request.cheap)
    return json_response({"task_id": job.id, "task_status": "pending"})


def _source(request: Request) -> Source | None:
    upload = request.file("image")
    if upload is not None:
        return Source(*upload)
    return (
        options.referenced("image_url", request.text("image_url")) if "image_url" in request.values else None
    )


def status(job_id: str, model: str, engines: Engines) -> Response:
    """Answer how far a job is. Raises RequestError if there is none."""
    job = _find(job_id, model, engines)
    return json_response(
        {
            "task_id": job.id,
            "status": job.state,
            "start_time": job.start_time and job.start_time.isoformat(),
            "end_time": job.end_time and job.end_time.isoformat(),
            "error": job.error,
        }
    )


def result(job_id: str, model: str, engines: Engines) -> Response:
    """Answer with the video. Raises RequestError if there is none, or none yet."""
    job = _find(job_id, model, engines)
    if job.output is None:
        message = (
            f"the job failed: {job.error}"
            if job.state == "failed"
            else f"the job is {job.state}; ask again later"
        )
        raise RequestError(409, f"job_{job.state}", message, "jobId")
    return Response(job.output, media_type="video/mp4")


def _find(job_id: str, model: str, engines: Engines) -> Job:
    job = engines.job(job_id)
    if job is None or job.model != model:
        raise RequestError(
            404, "unknown_job", "there is no such job of this model; old jobs are forgotten", "jobId"
        )
    return job
