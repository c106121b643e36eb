# Made from security.yaml by `generator build`.
"""Calls of GET /by-header."""

from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation(
	id="byHeader", method="GET", path="/by-header", security=(SecurityScheme(kind="apiKey", name="X-Api-Key"),)
)

RAW: Call[object] = Call(operation=OPERATION)
