# By `python -m generator build`.
"""Calls of GET /by-bearer."""

from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation("byBearer", method="GET", path="/by-bearer", security=(SecurityScheme("bearer"),))

RAW: Call[object] = Call(OPERATION)
