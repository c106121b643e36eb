"""Lies about videos and their jobs."""

from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve

from mutants.server.lies.planting import Lie, in_answers, in_requests
from mutants.server.requests import FORM, GENERATE, JSON, with_value
from mutants.server.rewriting import Answer, Call, Planting, refusal

STATUS = f"{GENERATE}/status"
RESULT = f"{GENERATE}/result"


def video_lies() -> Iterator[Lie]:
    """Make another video, none, or never."""
    for media_type in (JSON, FORM):
        yield Lie("job", f"frame_num ignored in {media_type}", in_requests(fixing_frames(media_type)))
    for name, value in {"prompt": "always the same", "seed": 3}.items():
        yield Lie("job", f"the {name} of a video ignored", in_requests(for_videos(name, value)))
    for state in ("pending", "processing"):
        yield Lie("job", f"always {state}", in_answers(in_state(state), STATUS))
    yield Lie("job", "a job that always fails", in_answers(in_state("failed"), STATUS))
    yield Lie("job", "completed without a video", in_answers(lambda _: refusal(404), RESULT))
    for which in ("first", "last"):
        yield Lie("job", f"the {which} job's video for all", other_job(which))
    yield Lie("job", "the state of another job", in_answers(of_another_job, STATUS))


def fixing_frames(media_type: str) -> Callable[[Call], Call]:
    return lambda call: with_value(call, "frame_num", 17) if call.media_type == media_type else call


def for_videos(name: str, value: Any) -> Callable[[Call], Call]:
    return lambda call: with_value(call, name, value) if b"wan2" in call.body else call


def in_state(state: str) -> Callable[[Answer], Answer]:
    return lambda given: given.with_document({**given.document, "status": state})


def of_another_job(given: Answer) -> Answer:
    return given.with_document({**given.document, "task_id": "00000000-0000-4000-8000-000000000000"})


def other_job(which: str) -> Planting:
    """Give the video of the first job, or of the last that was submitted, whichever is asked for."""
    videos: list[bytes] = []

    def answer(call: Call, given: Answer) -> Answer:
        if (call.path, given.status) != (RESULT, 200):
            return given
        videos.append(given.body)
        return evolve(given, body=videos[0] if which == "first" else videos[-2:][0])

    return Planting(answer=answer)
