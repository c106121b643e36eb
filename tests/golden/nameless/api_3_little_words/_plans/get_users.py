# Made from nameless.yaml by `generator build`.
"""Calls of GET /users."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="get_users", method="GET", path="/users")

RAW: Call[object] = Call(operation=OPERATION)
