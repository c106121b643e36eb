"""Videos take time: a job, its state, and at last the video."""

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
"""Seconds after which a video is given up; programs wait five minutes, with a real model behind it."""
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
    """A job goes from pending to completed, and its video has the number of frames that was asked for."""
    frames = 9
    members: dict[str, Any] = {"model": MODEL, "prompt": "it turns", "frame_num": frames, "seed": 3}
    submitted = context.ask(FORM, **members, image=Upload("first.png", "image/png", png()))
    task = document_of(context, submitted).get("task_id")
    if not isinstance(task, str) or not task:
        yield context.finding("videos_are_made", "the submit gave no task_id", POINTER, submitted)
        return
    last = waited_for(context, task)
    if document_of(context, last).get("status") != "completed":
        yield context.finding(
            "videos_are_made", f"the video was not made: {last.response.body[:200]!r}", POINTER, last
        )
        return
    made = video_of(context, task)
    yield from video_findings(context, made, frames)
    yield from rest_findings(context, task, made)


def rest_findings(context: ScenarioContext, task: str, made: Exchange) -> Iterator[Finding]:
    """Find what does not last: a job that is done speaks of itself, stays done, and gives its video again."""
    settled = waited_for(context, task)
    document = document_of(context, settled)
    if document.get("task_id") != task:
        message = f"the state of {task} is that of {document.get('task_id')}"
        yield context.finding("videos_are_made", message, JOB, settled)
    if document.get("status") != "completed":
        message = f"a job that was completed is {document.get('status')}"
        yield context.finding("videos_are_made", message, JOB, settled)
    again = video_of(context, task)
    if again.response.body != made.response.body:
        message = f"the same video, fetched again, is another ({again.response.status})"
        yield context.finding("videos_are_made", message, POINTER, again)


def videos_follow_the_request(context: ScenarioContext) -> Iterator[Finding]:
    """The same request with the same seed gives the same video; another wish, picture or seed another."""
    same, *others = [generated_video(context, **changed) for changed in ({}, *CHANGES.values())]
    exchange = generated_video(context)
    if exchange.response.body != same.response.body:
        yield context.finding(
            "videos_follow_the_request", "the same seed gave another video", POINTER, exchange
        )
    for name, other in zip(CHANGES, others, strict=True):
        if other.response.body == same.response.body:
            message = f"another {name} gave the same video"
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
    """Ask for the state of a job until it is settled, ever more slowly; return the last answer."""
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
        yield context.finding("videos_are_made", f"the video is broken: {error}", POINTER, exchange)
        return
    if made.frames != frames:
        message = f"the video should have {frames} frames and has {made.frames}"
        yield context.finding(
            "videos_are_made", message, "#/components/schemas/VideoOptions/properties/frame_num", exchange
        )


def unknown_jobs_are_not_found(context: ScenarioContext) -> Iterator[Finding]:
    """Nobody knows of a job that was never given: 404, for its state and for its video."""
    for operation in ("getStatus", "getResult"):
        exchange = context.fetch(operation, {"jobId": "no-such-job", "model": MODEL})
        if exchange.response.status != 404:
            message = f"an unknown job was answered {exchange.response.status}"
            yield context.finding(
                "unknown_jobs_are_not_found", message, context.operation(operation).pointer, exchange
            )
