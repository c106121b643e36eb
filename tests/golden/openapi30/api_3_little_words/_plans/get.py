# By `python -m generator build`.
"""Calls of GET /."""

from .._runtime.plan import Call, Operation

OPERATION = Operation("get", method="GET", path="/", accept="text/plain")

RAW: Call[object] = Call(OPERATION)
