"""Calls for threads: the steps of `base_core` with what blocks.

What a plain call does not need is imported by who needs it: each module costs its first call time.
"""

from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from .base_core import BaseCore
from .incoming import at_once
from .options import Connecting, How, Patience
from .plan import Call, Members, Wait
from .results import Job, RawResponse
from .transport import Transport

if TYPE_CHECKING:
    from .byte_streams import ByteStream
    from .one_shot import Spools
    from .request import Request

R = TypeVar("R")


class Core(BaseCore):
    """Carries out calls, for threads. Safe to share between them."""

    _waits = False

    def _connect(self, client: object, connecting: Connecting) -> Transport:
        return Transport(client, self._user_agent, connecting)

    def call(self, call: Call[R], fields: Members, **how: Unpack[How]) -> R:
        """Carry out `call` and read its answer; raises an SDKError.

        `fields` are the body's members, of which UNSET and, unless null is a value, None are left out.
        """
        return at_once(self._call(call, fields, how))

    def send(self, call: Call[Any], fields: Members, **how: Unpack[How]) -> RawResponse:
        """Carry out `call` and give its successful answer as it is; raises an SDKError."""
        return at_once(self._send(call, fields, how))

    def open(self, call: Call[R], fields: Members, **how: Unpack[How]) -> R:
        """Carry out `call` and give its answer as a stream, once it has begun; raises an SDKError."""
        return at_once(self._open(call, fields, how))

    def stream(self, call: Call[R], fields: Members, **how: Unpack[How]) -> "ByteStream[R]":
        """Carry out `call` and give its answer as bytes that are still coming; raises an SDKError."""
        from .byte_streams import ByteStream

        return at_once(self._stream(ByteStream[R], call, fields, how))

    def wait(self, wait: Wait[R], job: Job | str, fields: Members, **how: Unpack[Patience]) -> R:
        """Ask for the job's state every `interval` seconds until it is done, and fetch what it made.

        Raises JobFailedError, JobTimeoutError after `timeout` seconds, or what asking raises three times
        in a row.
        """
        return at_once(self._wait(wait, job, fields, **how))

    def close(self) -> None:
        """Close the connections, unless they belong to the caller's own http_client."""
        at_once(self._transport.aclose())

    async def _make(self, call: Call[Any], fields: Members, how: How, spools: "Spools | None") -> "Request":
        if spools is not None:
            fields, extra = spools.keep(fields), how.get("extra")
            if isinstance(extra, dict):
                how["extra"] = spools.keep(extra)
        return self._prepare(call, fields, **how)

    async def _sleep(self, seconds: float) -> None:
        self._outlook.clock.sleep(seconds)
