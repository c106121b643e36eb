"""Faults that a caller asks for, one request at a time: `X-Eigen-Fault: status=429; retry-after=2`.

A fault is named in a header, or planted for the next requests by `control`. It takes effect on a request that
has the right key and keeps the contract; what is wrong with a request is said first, as always.
"""

import asyncio
import random
from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve, frozen
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .faults import FAULTS
from .problems import RequestError

HEADER = b"x-eigen-fault"
FAULT = "eigen_reference.fault"
"""Where the fault of a request stands in its scope."""
END = "eigen_reference.end"
"""Extension of the scope: a function that ends the connection, by a reset if its argument is true."""
DRIPS_A_SECOND = 20
PAGE = "<!DOCTYPE html><html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>"
WORDS = {
    "status=N": "the status N, 400 to 599, in place of the work",
    "retry-after=TEXT": "with a status: this Retry-After",
    "html": "a page of HTML in place of the work, with the status 502 or that of `status`",
    "delay=SECONDS": "the answer begins later",
    "reset": "the connection is reset in place of an answer",
    "truncate=BYTES": "the connection is closed after so many bytes of the body",
    "drip=BYTES": "the body comes at so many bytes a second",
    "flaky=P": "all of this happens with the probability P only; alone, it is a status of 503",
    "seed=N": "with flaky: which requests it happens to",
}
"""The words of a fault beside the kinds, and their meanings."""


@frozen
class RequestedFault:
    """What is to go wrong with one request."""

    kind: str | None = None
    status: int | None = None
    retry_after: str | None = None
    html: bool = False
    delay: float = 0
    reset: bool = False
    truncate: int | None = None
    drip: float | None = None
    flaky: float | None = None
    seed: int = 0

    @property
    def answer_status(self) -> int | None:
        """The status in place of the work; None if the work is to be done."""
        if self.status is not None:
            return self.status
        if self.html:
            return 502
        only_flaky = self == RequestedFault(flaky=self.flaky, seed=self.seed) and self.flaky is not None
        return 503 if only_flaky else None


def parse(text: str) -> RequestedFault:
    """Read a fault as the header spells it. Raises ValueError, saying which word is wrong."""
    fault = RequestedFault()
    for piece in filter(None, (piece.strip() for piece in text.split(";"))):
        name, _, value = (part.strip() for part in piece.partition("="))
        fault = evolve(fault, **_change(name.lower(), value))
    if fault == RequestedFault():
        raise ValueError("no fault is named; `python -m eigen_reference --fault list` names all")
    return fault


def _change(name: str, value: str) -> dict[str, Any]:
    if name in FAULTS and not value:
        return {"kind": name}
    if name in ("reset", "html") and not value:
        return {name: True}
    if name == "retry-after" and value.isprintable() and value.isascii() and value:
        return {"retry_after": value}
    if name in NUMBERS:
        kind, low, high = NUMBERS[name]
        try:
            number = kind(value)
        except ValueError:
            number = None
        if number is not None and low <= number <= high:
            return {name: number}
        raise ValueError(f"{name} must be a number from {low:g} to {high:g}")
    raise ValueError(f"{name[:40]!r} is not a fault; `python -m eigen_reference --fault list` names all")


NUMBERS: dict[str, tuple[Callable[[str], float], float, float]] = {
    "status": (int, 400, 599),
    "delay": (float, 0, 600),
    "truncate": (int, 0, 2**31),
    "drip": (float, 1, 2**31),
    "flaky": (float, 0, 1),
    "seed": (int, 0, 2**31),
}
"""The words that take a number, with its least and its most."""


class Chance:
    """Decides which requests a flaky fault happens to: the same ones for the same seed, in order."""

    def __init__(self) -> None:
        self._sequences: dict[int, random.Random] = {}

    def happens(self, fault: RequestedFault) -> bool:
        """Return whether the fault takes effect this time."""
        if fault.flaky is None:
            return True
        if len(self._sequences) > 1_000:
            self._sequences.clear()  # nobody counts on a thousand seeds, and each takes 2.5 kB
        return self._sequences.setdefault(fault.seed, random.Random(fault.seed)).random() < fault.flaky


def planted_answer(scope: Mapping[str, Any]) -> Response | None:
    """Return the answer that is to be given in place of the work, if the fault of a request asks for one."""
    fault: RequestedFault | None = scope.get(FAULT)
    status = fault.answer_status if fault is not None else None
    if fault is None or status is None:
        return None
    headers = {} if fault.retry_after is None else {"retry-after": fault.retry_after}
    if fault.html:
        return HTMLResponse(PAGE.format(status=status), status, headers)
    message = f"the status {status} was asked for, and nothing was done"
    return RequestError(status, "requested_fault", message, headers=headers).response()


async def spoil(app: ASGIApp, fault: RequestedFault, scope: Scope, receive: Receive, send: Send) -> None:
    """Let the app answer a request, and its answer go out as the fault says."""
    await app({**scope, FAULT: fault}, receive, SpoiledSend(fault, scope, send))


class SpoiledSend:
    """Sends the messages of one answer late, slowly, in part, or not at all."""

    def __init__(self, fault: RequestedFault, scope: Scope, send: Send) -> None:
        self._fault = fault
        self._end_connection = scope.get("extensions", {}).get(END)
        self._send = send
        self._left = fault.truncate
        self._is_over = False

    async def __call__(self, message: Message) -> None:
        """Send a message."""
        if self._is_over:
            return
        if message["type"] == "http.response.start":
            await asyncio.sleep(self._fault.delay)
            if self._fault.reset:
                self._end(reset=True)
                return
            await self._send(message)
        else:
            await self._send_body(message.get("body", b""), more=message.get("more_body", False))

    async def _send_body(self, body: bytes, *, more: bool) -> None:
        cut = self._left is not None and (len(body) >= self._left)
        body = body[: self._left]
        if self._left is not None:
            self._left -= len(body)
        step = len(body) if self._fault.drip is None else max(1, round(self._fault.drip / DRIPS_A_SECOND))
        for start in range(0, len(body), step or 1):
            if self._fault.drip is not None:
                await asyncio.sleep(step / self._fault.drip)
            piece = {"type": "http.response.body", "body": body[start : start + step], "more_body": True}
            await self._send(piece)
        if cut:
            self._end(reset=False)
        elif not more:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    def _end(self, *, reset: bool) -> None:
        """End the connection. Where there is none, as in a test without a socket, the app fails instead."""
        self._is_over = True
        if self._end_connection is None:
            raise ConnectionResetError("the connection ended, as the fault of this request asks for")
        self._end_connection(reset)
