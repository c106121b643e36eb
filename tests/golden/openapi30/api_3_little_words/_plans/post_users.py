# By `python -m generator build`.
"""Calls of POST /users."""

from .._runtime.plan import Call, Operation

OPERATION = Operation("post_users", method="POST", path="/users")

RAW: Call[object] = Call(OPERATION)
