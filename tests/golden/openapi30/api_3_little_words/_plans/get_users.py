# By `python -m generator build`.
"""Calls of GET /users."""

from .._runtime.plan import Call, Operation

OPERATION = Operation("get_users", method="GET", path="/users")

RAW: Call[object] = Call(OPERATION)
