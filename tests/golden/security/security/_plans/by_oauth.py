# Made from security.yaml by `generator build`.
"""Calls of GET /by-oauth."""

from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation(id="byOauth", method="GET", path="/by-oauth", security=(SecurityScheme(kind="bearer"),))

RAW: Call[object] = Call(operation=OPERATION)
