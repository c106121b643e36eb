# By `python -m generator build`.
"""Calls of GET /by-basic."""

from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation("byBasic", method="GET", path="/by-basic", security=(SecurityScheme("basic"),))

RAW: Call[object] = Call(OPERATION)
