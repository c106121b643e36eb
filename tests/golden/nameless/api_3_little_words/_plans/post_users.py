# Made from nameless.yaml by `generator build`.
"""Calls of POST /users."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="post_users", method="POST", path="/users")

RAW: Call[object] = Call(operation=OPERATION)
