# Made from unions.yaml by `generator build`.
"""Calls of GET /numbers."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="addNumbers", method="GET", path="/numbers", accept="application/json")

RAW: Call[object] = Call(operation=OPERATION)
