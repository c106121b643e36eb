# Made from security.yaml by `generator build`.
"""Calls of GET /by-bearer."""

from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation(id="byBearer", method="GET", path="/by-bearer", security=(SecurityScheme(kind="bearer"),))

RAW: Call[object] = Call(operation=OPERATION)
