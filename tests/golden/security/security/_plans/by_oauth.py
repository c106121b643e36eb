# By `python -m generator build`.
"""Calls of GET /by-oauth."""

from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation("byOauth", method="GET", path="/by-oauth", security=(SecurityScheme("bearer"),))

RAW: Call[object] = Call(OPERATION)
