# Made from media.yaml by `generator build`.
"""Calls of GET /log."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="log", method="GET", path="/log", accept="text/plain")

RAW: Call[object] = Call(operation=OPERATION)
