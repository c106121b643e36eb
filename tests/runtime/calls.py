"""Calls of an API that does not exist, for the runtime's tests."""

import sys
from typing import TypeVar

from generator.runtime.contract import (
    Body,
    Call,
    Event,
    JobReading,
    MediaReading,
    Operation,
    Parameter,
    RecordReading,
    SecurityScheme,
    Settings,
    StreamReading,
    TextReading,
    Wait,
)
from generator.runtime.http.retry_state import Clock
from generator.runtime.response.results import Job, Media, Record, Text
from generator.runtime.streaming.event_streams import AsyncEventStream, EventStream

S = TypeVar("S")

URL = "http://127.0.0.1:9"
SETTINGS = Settings("acme", "1.2.3", ("https://api.example.com",), "ACME_KEY", "ACME_URL")
BEARER = (SecurityScheme("bearer"),)
# `json` reads so many nested lists; a Python function that walks them ends in a RecursionError. Since 3.12
# `json` has a limit of its own, in 3.13 of some thousands; before, it had the limit of Python functions:
# https://docs.python.org/3/whatsnew/3.12.html#sys
TOO_DEEP = 700 if sys.version_info < (3, 13) else 2000
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))

MAKE = Operation("make", "POST", "/v1/make", security=BEARER)
JSON = Body("application/json", frozenset({"file", "files", "options"}), nullable=frozenset({"mask"}))
FORM = Body(
    "multipart/form-data",
    frozenset({"mask"}),
    files=frozenset({"file", "files"}),
    multiple=frozenset({"files"}),
)
PICTURE = MediaReading(Media, ("image/*",), ("/image_base64", "/data/image"))

PAINT = Call(MAKE, (JSON, FORM), (PICTURE,), name="make")
HEAR = Call(MAKE, (FORM,), (TextReading(Text, ("text/plain",), ("/text", "/transcription")),))
VIDEO = Call[Job | Media](
    MAKE, (JSON, FORM), (JobReading(Job, "/task_id", ("model",)), MediaReading(Media, ("video/*",)))
)
LISTING = Call(MAKE._replace(id="list", method="GET"), (), (RecordReading(Record, ("/name",)),))


def _ask(name: str) -> Operation:
    parameters = (Parameter("jobId", "query"), Parameter("model", "query"))
    return Operation(name, "GET", f"/v1/{name}", parameters, BEARER)


STATUS = Call(_ask("status"), (), (RecordReading(Record),))
RESULT = Call(_ask("result"), (), (MediaReading(Media, ("video/*",)),))
WAIT = Wait(
    STATUS,
    RESULT,
    {"jobId": "id", "model": "model"},
    state="/status",
    done=("completed",),
    failed=("failed",),
    message="/error",
)


def _events(kind: type[S]) -> StreamReading[S]:
    return StreamReading(
        kind,
        AsyncEventStream,
        event_type=("/type", "/data/type"),
        chunk=Event(("audio_chunk",), ("/data", "/data/data")),
        end=Event(("complete", "done")),
        error=Event(("error",), ("/message",)),
        format=Event(("metadata",)),
        sample_rate=("/data/sample_rate",),
        channels=("/data/channels",),
        media_types=("audio/*",),
    )


SPEAK = Call[EventStream](MAKE, (JSON,), (_events(EventStream),))
SPEAK_ASYNC = Call[AsyncEventStream](MAKE, (JSON,), (_events(AsyncEventStream),))


class Timekeeper:
    """A clock that stands still but for sleeping, and remembers the sleeps."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.sleeps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.time += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)

    def clock(self, random: float = 0.0) -> Clock:
        return Clock(lambda: self.time, lambda: self.time, lambda: random, self.sleep, self.sleep_async)
