# Made from nameless.yaml by `generator build`.
"""Calls of GET /."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="get", method="GET", path="/", accept="text/plain")

RAW: Call[object] = Call(operation=OPERATION)
