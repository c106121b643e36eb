"""Take a request's body from the wire, and no more of it than the limits."""

import asyncio
import threading
from collections.abc import Generator
from contextlib import contextmanager

from attrs import frozen
from starlette.requests import ClientDisconnect, Request

from .problems import RequestError

MOST_BYTES = 25 * 2**20
"""Default limit of a request body. The service's own is unknown."""
MOST_TOGETHER = 16
"""Bodies of the largest size that may be held at the same time."""
CLOSE = {"connection": "close"}


@frozen
class BodyLimits:
    """Of one body: its bytes, the seconds until it is complete, and the seconds between two parts of it."""

    most_bytes: int = MOST_BYTES
    seconds: float = 120
    idle_seconds: float = 30


class BodyReader:
    """Reads the bodies of one server, which hold at most `MOST_TOGETHER` times the limit of one."""

    def __init__(self, limits: BodyLimits) -> None:
        self._limits = limits
        self._most_held = limits.most_bytes * MOST_TOGETHER
        self._held = 0
        self._lock = threading.Lock()

    @contextmanager
    def room(self) -> Generator["Room"]:
        """Give room for one body; what it took is free again after the block."""
        room = Room(self)
        try:
            yield room
        finally:
            room.leave()

    async def read(self, request: Request, room: "Room") -> bytes:
        """Return the body.

        Raises RequestError: 413 as soon as it is known to be too long, 408 if it takes too long, 429 if
        there is no room for it. What is not read here, the server reads and drops for a while, so that a
        client that is still sending gets the answer.
        """
        announced = request.headers.get("content-length", "")
        if announced.isdecimal() and len(announced) < 20 and int(announced) > self._limits.most_bytes:
            raise self._too_large()
        whole = asyncio.timeout(self._limits.seconds)
        try:
            async with whole:
                return await self._read(request, room)
        except TimeoutError as error:
            allowed = self._limits.seconds if whole.expired() else self._limits.idle_seconds
            reason = (
                f"the body was not complete after {allowed:g} s"
                if whole.expired()
                else (f"nothing more of the body came for {allowed:g} s")
            )
            raise RequestError(408, "body_timeout", reason, headers=CLOSE) from error
        except ClientDisconnect as error:
            raise RequestError(400, "incomplete_body", "the body ended too early") from error

    async def _read(self, request: Request, room: "Room") -> bytes:
        body = bytearray()
        chunks = request.stream()
        while True:
            async with asyncio.timeout(self._limits.idle_seconds):
                chunk = await anext(chunks, None)
            if chunk is None:
                return bytes(body)
            if len(body) + len(chunk) > self._limits.most_bytes:
                raise self._too_large()
            room.take(len(chunk))
            body += chunk

    def take(self, number: int) -> None:
        """Count bytes that are held. Raises RequestError if they are too many."""
        with self._lock:
            if self._held + number > self._most_held:
                raise RequestError(
                    429,
                    "too_many_bodies",
                    f"the requests that are being read hold {self._held >> 20} MiB together; ask again later",
                    headers={"retry-after": "1", **CLOSE},
                )
            self._held += number

    def give_back(self, number: int) -> None:
        """Count bytes that are no longer held."""
        with self._lock:
            self._held -= number

    def _too_large(self) -> RequestError:
        return RequestError(413, "body_too_large", f"the body is longer than {self._limits.most_bytes} bytes")


class Room:
    """What one body takes of the bytes that all may hold."""

    def __init__(self, reader: BodyReader) -> None:
        self._reader = reader
        self._taken = 0

    def take(self, number: int) -> None:
        """Take bytes. Raises RequestError if there are none left."""
        self._reader.take(number)
        self._taken += number

    def leave(self) -> None:
        """Give all back."""
        self._reader.give_back(self._taken)
        self._taken = 0
