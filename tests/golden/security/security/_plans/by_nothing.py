# By `python -m generator build`.
"""Calls of GET /open."""

from .._runtime.plan import Call, Operation

OPERATION = Operation("byNothing", method="GET", path="/open")

RAW: Call[object] = Call(OPERATION)
