# Made from security.yaml by `generator build`.
"""Calls of GET /by-basic."""

from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation(id="byBasic", method="GET", path="/by-basic", security=(SecurityScheme(kind="basic"),))

RAW: Call[object] = Call(operation=OPERATION)
