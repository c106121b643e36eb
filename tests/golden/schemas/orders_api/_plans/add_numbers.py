# By `python -m generator build`.
"""Calls of GET /numbers."""

from .._runtime.plan import Call, Operation

OPERATION = Operation("addNumbers", method="GET", path="/numbers", accept="application/json")

RAW: Call[object] = Call(OPERATION)
