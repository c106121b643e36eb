# Made from security.yaml by `generator build`.
"""Calls of GET /by-query."""

from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation(
	id="byQuery",
	method="GET",
	path="/by-query",
	security=(SecurityScheme(kind="apiKey", location="query", name="api key"),),
)

RAW: Call[object] = Call(operation=OPERATION)
