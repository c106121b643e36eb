# By `python -m generator build`.
"""Calls of GET /events."""

from .._runtime.plan import Call, Operation

OPERATION = Operation("listen", method="GET", path="/events", accept="text/event-stream, application/json")

RAW: Call[object] = Call(OPERATION)
