"""Videos take time: the submit starts a job, whose status is asked for until its video can be fetched."""

import time
from collections.abc import Iterator
from typing import Any

from eigen_contract.checks import CheckContext
from eigen_contract.compose import Upload, query
from eigen_contract.decoding import BrokenMediaError, video
from eigen_contract.exchange import Exchange, Finding
from eigen_contract.media import png
from eigen_contract.scenarios.context import FORM, ScenarioContext
from eigen_contract.shapes import members

MODEL = "wan2p2-i2v-14b-turbo"
PATIENCE = 60.0
"""Seconds to wait for a video; callers wait five minutes, with a real model behind it."""
STATES = ("pending", "processing")
POINTER = "#/components/schemas/VideoTask"
JOB = "#/components/schemas/JobStatus"
CHANGES: dict[str, dict[str, Any]] = {
    "prompt": {"prompt": "it falls asleep"},
    "seed": {"seed": 4},
    "image": {"image": Upload("other.png", "image/png", png(64, 96))},
}
"""What makes another video of the same order."""


def videos_are_made(context: ScenarioContext) -> Iterator[Finding]:
    """A video job reaches the status completed, and its video has the number of frames that was asked for."""
    frames = 9
    members: dict[str, Any] = {"model": MODEL, "prompt": "it turns", "frame_num": frames, "seed": 3}
    submitted = context.ask(FORM, **members, image=Upload("first.png", "image/png", png()))
    task = document_of(context, submitted).get("task_id")
    if not isinstance(task, str) or not task:
        message = f"the answer to the submit should have a task_id; got {submitted.response.body[:200]!r}"
        yield context.finding("videos_are_made", message, POINTER, submitted)
        return
    last = waited_for(context, task)
    if document_of(context, last).get("status") != "completed":
        body = repr(last.response.body[:200])
        message = f"the job should reach the status completed within {PATIENCE:g} s; got {body}"
        yield context.finding("videos_are_made", message, POINTER, last)
        return
    made = video_of(context, task)
    yield from video_findings(context, made, frames)
    yield from rest_findings(context, task, made)


def rest_findings(context: ScenarioContext, task: str, made: Exchange) -> Iterator[Finding]:
    """Find what changes after the end: a completed job keeps its id, its status and its video."""
    settled = waited_for(context, task)
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
    """The same request and seed give the same video; another prompt, picture or seed gives another."""
    same, *others = [generated_video(context, **changed) for changed in ({}, *CHANGES.values())]
    exchange = generated_video(context)
    if exchange.response.body != same.response.body:
        yield context.finding(
            "videos_follow_the_request",
            "the same request with the same seed should give the same video; got another one",
            POINTER,
            exchange,
        )
    for name, other in zip(CHANGES, others, strict=True):
        if other.response.body == same.response.body:
            message = f"another {name} should give another video; got the same bytes"
            yield context.finding("videos_follow_the_request", message, POINTER, other)


def generated_video(context: ScenarioContext, **changed: Any) -> Exchange:
    """Order a short video and wait for it; without a job the submit stands for it."""
    image = Upload("first.png", "image/png", png())
    members = {
        "model": MODEL,
        "prompt": "it turns",
        "frame_num": 5,
        "infer_steps": 1,
        "seed": 3,
        "image": image,
    }
    submitted = context.ask(FORM, **members | changed)
    task = document_of(context, submitted).get("task_id")
    if not isinstance(task, str):
        return submitted
    waited_for(context, task)
    return video_of(context, task)


def document_of(context: ScenarioContext, exchange: Exchange) -> dict[str, Any]:
    return members(CheckContext(context.oracle, exchange).document)


def waited_for(context: ScenarioContext, task: str) -> Exchange:
    """Ask for the status of a job until it is final, less and less often; return the last answer."""
    deadline, pause = time.monotonic() + PATIENCE, 0.02
    asking = query(context.operation("getStatus"), {"jobId": task, "model": MODEL})
    while True:
        exchange = context.glance(asking)
        if document_of(context, exchange).get("status") not in STATES or time.monotonic() > deadline:
            return context.keep(exchange)
        time.sleep(pause)
        pause = min(0.5, pause * 1.5)


def video_of(context: ScenarioContext, task: str) -> Exchange:
    """Fetch the video of a job that is done."""
    return context.fetch("getResult", {"jobId": task, "model": MODEL})


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
        exchange = context.fetch(operation, {"jobId": "no-such-job", "model": MODEL})
        if exchange.response.status != 404:
            message = (
                f"{operation} of a job that does not exist: expected 404; got {exchange.response.status}"
            )
            yield context.finding(
                "unknown_jobs_are_not_found", message, context.operation(operation).pointer, exchange
            )
