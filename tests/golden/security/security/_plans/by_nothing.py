# Made from security.yaml by `generator build`.
"""Calls of GET /open."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="byNothing", method="GET", path="/open")

RAW: Call[object] = Call(operation=OPERATION)
