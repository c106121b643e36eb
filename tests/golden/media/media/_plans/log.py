# By `python -m generator build`.
"""Calls of GET /log."""

from .._runtime.plan import Call, Operation

OPERATION = Operation("log", method="GET", path="/log", accept="text/plain")

RAW: Call[object] = Call(OPERATION)
