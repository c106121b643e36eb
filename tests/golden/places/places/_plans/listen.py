# Made from places.yaml by `generator build`.
"""Calls of GET /events."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="listen", method="GET", path="/events", accept="text/event-stream, application/json")

RAW: Call[object] = Call(operation=OPERATION)
