"""Videos take time: the submit starts a job, whose status is asked for until its video can be fetched."""

import time
from collections.abc import Iterator, Sequence
from typing import Any

from eigen_contract.checks import CheckContext
from eigen_contract.compose import Upload, query
from eigen_contract.decoding import BrokenMediaError, video
from eigen_contract.exchange import Exchange, Finding, Request
from eigen_contract.media import png
from eigen_contract.scenarios.context import FORM, JSON, ScenarioContext
from eigen_contract.shapes import members

MODEL = "wan2p2-i2v-14b-turbo"
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 5.0
"""Seconds between two questions for a job: each pause is longer than the last, to cost few requests."""
FRAMES = 9
STATES = ("pending", "processing")
POINTER = "#/components/schemas/VideoTask"
JOB = "#/components/schemas/JobStatus"
CHANGES: dict[str, dict[str, Any]] = {
    "prompt": {"prompt": "it falls asleep"},
    "seed": {"seed": 4},
    "image": {"image": Upload("other.png", "image/png", png(64, 96))},
}
"""What makes another video of the same order."""
ORDER: dict[str, Any] = {
    "model": MODEL,
    "prompt": "it turns",
    "frame_num": FRAMES,
    "infer_steps": 1,
    "seed": 3,
    "image": Upload("first.png", "image/png", png()),
}
"""A short video, soon made."""
IN_JSON = {name: value for name, value in ORDER.items() if name != "image"}


def videos_are_made(context: ScenarioContext) -> Iterator[Finding]:
    """A video job reaches the status completed, and its video has the number of frames that was asked for."""
    for media_type, order in ((FORM, ORDER), (JSON, IN_JSON)):
        submitted = context.ask_once(media_type, **order)
        task = task_of(context, submitted)
        if not task:
            if submitted.response.media_type == "video/mp4":
                yield from video_findings(context, submitted, FRAMES)
                continue
            message = f"the answer to the submit should have a task_id; got {submitted.response.body[:200]!r}"
            yield context.finding("videos_are_made", message, POINTER, submitted)
            return
        [last] = waited_for(context, [task])
        if document_of(context, last).get("status") != "completed":
            yield not_completed(context, last)
            return
        made = context.send_once(video_request(context, task))
        yield from video_findings(context, made, FRAMES)
        if media_type == FORM:
            yield from rest_findings(context, task, made)


def not_completed(context: ScenarioContext, last: Exchange) -> Finding:
    """Return the finding of a job that was given up."""
    limit = f"{context.job_patience:g} s (--job-timeout)"
    message = f"the job should reach the status completed within {limit}; got {last.response.body[:200]!r}"
    return context.finding("videos_are_made", message, POINTER, last)


def rest_findings(context: ScenarioContext, task: str, made: Exchange) -> Iterator[Finding]:
    """Find what changes after the end: a completed job keeps its id, its status and its video."""
    [settled] = waited_for(context, [task])
    document = document_of(context, settled)
    if document.get("task_id") != task:
        message = f"the status of the job {task} names another task_id: {document.get('task_id')!r}"
        yield context.finding("videos_are_made", message, JOB, settled)
    if document.get("status") != "completed":
        status = document.get("status")
        message = f"a completed job should stay completed; asked again, its status is {status!r}"
        yield context.finding("videos_are_made", message, JOB, settled)
    again = video_of(context, task)
    if again.response.body != made.response.body:
        status = again.response.status
        message = f"a job should give the same video each time; fetched again, it differs (status {status})"
        yield context.finding("videos_are_made", message, POINTER, again)


def videos_follow_the_request(context: ScenarioContext) -> Iterator[Finding]:
    """The same request and seed give the same video; another prompt, picture or seed gives another.

    All jobs run at the same time, and the last one is fetched first: each must give its own video.
    """
    submitted = [context.ask_once(FORM, **ORDER)]
    submitted += [context.ask(FORM, **ORDER | changed) for changed in ({}, *CHANGES.values())]
    tasks = [task_of(context, exchange) for exchange in submitted]
    known = [task for task in tasks if task and context.answers.get(video_request(context, task))]
    waiting = [task for task in tasks if task and task not in known]
    for last in waited_for(context, waiting):
        if document_of(context, last).get("status") != "completed":
            yield not_completed(context, last)
            return
    videos = {task: context.send_once(video_request(context, task)) for task in (*reversed(waiting), *known)}
    # A model that makes its video at once gives it in place of a job.
    first, again, *others = (
        videos[task] if task else exchange for task, exchange in zip(tasks, submitted, strict=True)
    )
    if again.response.body != first.response.body:
        yield context.finding(
            "videos_follow_the_request",
            "the same request with the same seed should give the same video; got another one",
            POINTER,
            again,
        )
    for name, other in zip(CHANGES, others, strict=True):
        if other.response.body == first.response.body:
            message = f"another {name} should give another video; got the same bytes"
            yield context.finding("videos_follow_the_request", message, POINTER, other)


def task_of(context: ScenarioContext, submitted: Exchange) -> str:
    """Return the id of the job that a submit started; empty if it started none."""
    task = document_of(context, submitted).get("task_id")
    return task if isinstance(task, str) else ""


def document_of(context: ScenarioContext, exchange: Exchange) -> dict[str, Any]:
    return members(CheckContext(context.oracle, exchange).document)


def waited_for(context: ScenarioContext, tasks: Sequence[str]) -> list[Exchange]:
    """Ask for the status of jobs until each is final, less and less often; return the last answer of each.

    All jobs together have the patience that one has: a server that makes none must not hold up a run.
    """
    deadline = time.monotonic() + context.job_patience
    model = context.models.of("video", MODEL)
    asking = {task: query(context.operation("getStatus"), {"jobId": task, "model": model}) for task in tasks}
    # Each is asked about once before any is waited for: a server may start a job only then.
    last = {task: context.glance(request) for task, request in asking.items()}
    for task, request in asking.items():
        pause = FIRST_PAUSE
        while (
            document_of(context, last[task]).get("status") in STATES and time.monotonic() + pause < deadline
        ):
            time.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)
            last[task] = context.glance(request)
    return [context.keep(last[task]) for task in tasks]


def video_of(context: ScenarioContext, task: str) -> Exchange:
    """Fetch the video of a job that is done."""
    return context.send(video_request(context, task))


def video_request(context: ScenarioContext, task: str) -> Request:
    """Compose the request for the video of a job."""
    model = context.models.of("video", MODEL)
    return query(context.operation("getResult"), {"jobId": task, "model": model})


def video_findings(context: ScenarioContext, exchange: Exchange, frames: int) -> Iterator[Finding]:
    try:
        made = video(exchange.response.body)
    except BrokenMediaError as error:
        message = f"the result of a completed job should be a video; it does not decode: {error}"
        yield context.finding("videos_are_made", message, POINTER, exchange)
        return
    if made.frames != frames:
        message = f"the request asks for {frames} frames; the video has {made.frames}"
        yield context.finding(
            "videos_are_made", message, "#/components/schemas/VideoOptions/properties/frame_num", exchange
        )


def unknown_jobs_are_not_found(context: ScenarioContext) -> Iterator[Finding]:
    """A job that does not exist is answered 404, for its status and for its result."""
    for operation in ("getStatus", "getResult"):
        exchange = context.fetch(
            operation, {"jobId": "no-such-job", "model": context.models.of("video", MODEL)}
        )
        if exchange.response.status != 404:
            message = (
                f"{operation} of a job that does not exist: expected 404; got {exchange.response.status}"
            )
            yield context.finding(
                "unknown_jobs_are_not_found", message, context.operation(operation).pointer, exchange
            )
