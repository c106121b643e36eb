"""What an answer cost, where answers say so."""

import json
from contextlib import suppress

from eigen_contract.checks.events import read_events
from eigen_contract.exchange import Response
from eigen_contract.shapes import members

REMAINING = "x-credits-remaining"
CHARGED = "creditsCharged"


def remaining(response: Response) -> float | None:
    """Return how many credits are left after an answer; None if it does not say."""
    with suppress(ValueError):
        return float(response.header(REMAINING) or "")
    return None


def credits_of(response: Response, before: float | None) -> float | None:
    """Return what an answer cost, as its stream says, or as the header about what is left shows.

    Args:
        before: the credits that were left after the answer before this one.
    """
    if response.media_type == "text/event-stream":
        for event in read_events(response.body).events:
            charged = charged_in(event.data)
            if charged is not None:
                return charged
    after = remaining(response)
    return before - after if before is not None and after is not None and before > after else None


def charged_in(data: str) -> float | None:
    """Return the credits that an event of a stream charges; None if it charges none."""
    with suppress(ValueError, RecursionError):
        outer = members(json.loads(data))
        for node in (outer, members(outer.get("data"))):
            value = node.get(CHARGED)
            if isinstance(value, int | float) and not isinstance(value, bool):
                return float(value)
    return None
