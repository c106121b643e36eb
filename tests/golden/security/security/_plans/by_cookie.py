# Made from security.yaml by `generator build`.
"""Calls of GET /by-cookie."""

from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation(
	id="byCookie",
	method="GET",
	path="/by-cookie",
	security=(SecurityScheme(kind="apiKey", location="cookie", name="sid"),),
)

RAW: Call[object] = Call(operation=OPERATION)
