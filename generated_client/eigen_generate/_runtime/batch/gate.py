"""When the next request may leave: one gate for all rows of a batch.

It has as many places as rows may be with the server at a time. A refusal for the rate (429) closes the gate
for all rows as long as the server asks, and halves the places; each success opens a part of one again. That
is the additive increase and multiplicative decrease by which TCP shares a line (RFC 5681, section 3.1).
"""

import asyncio
import contextlib
import time
from collections.abc import Callable

from .options import BatchOptions

# In seconds: how long the gate stays closed when a server does not say. It doubles up to the longest.
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0


class Gate:
    """The gate. One task at a time enters it, and all of one event loop use it."""

    def __init__(self, options: BatchOptions, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._most_places = float(options.concurrency)
        self.places = self._most_places
        self.in_use = 0
        self._monotonic = monotonic
        self._opens_at = monotonic()
        self._refused_at = monotonic()
        self._pause = _FIRST_PAUSE
        self._changed = asyncio.Event()
        self._is_stopped = False
        # One request at a time: with a whole minute's requests at once, the first minute would have twice
        # as many.
        self._interval = 60 / options.requests_per_minute if options.requests_per_minute else 0.0
        self._next_at = monotonic()

    async def enter(self) -> float:
        """Wait for a place and for the pace, take the place, and return the time. A stop ends the wait."""
        while not self._is_stopped:
            self._changed.clear()
            wait = max(self._opens_at, self._next_at) - self._monotonic()
            if wait > 0:
                await self._wait_for_change(wait)
            elif self.in_use >= int(self.places):
                await self._wait_for_change(None)
            else:
                break
        now = self._monotonic()
        # A request that leaves a little late does not delay the next; a pause is not made up for.
        self._next_at = max(self._next_at, now - self._interval / 2) + self._interval
        self.in_use += 1
        return now

    async def _wait_for_change(self, seconds: float | None) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), seconds)

    def stop(self) -> None:
        """Let nothing wait any longer."""
        self._is_stopped = True
        self._changed.set()

    def leave(self) -> None:
        """Free a place."""
        self.in_use -= 1
        self._changed.set()

    def succeed(self) -> None:
        """Open more places, one for each round of successes."""
        self._pause = _FIRST_PAUSE
        self.places = min(self._most_places, self.places + 1 / max(1.0, self.places))

    def refuse(self, entered: float, retry_after: float | None) -> bool:
        """Close the gate for a request that entered at `entered` and was not carried out.

        `retry_after` is what the server asks for, in seconds. Returns whether this was news: the requests
        that were under way when the gate closed are refused with the first, and do not halve the places
        once more.
        """
        now = self._monotonic()
        is_news = entered >= self._refused_at
        if is_news:
            self._refused_at = now
            self.places = max(1.0, self.places / 2)
            pause = self._pause if retry_after is None else retry_after
            self._pause = min(_LONGEST_PAUSE, self._pause * 2)
            self._opens_at = max(self._opens_at, now + pause)
        elif retry_after is not None:
            self._opens_at = max(self._opens_at, now + retry_after)
        return is_news
