# By `python -m generator build`.
"""Calls of GET /by-header."""

from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation(
	"byHeader", method="GET", path="/by-header", security=(SecurityScheme("apiKey", name="X-Api-Key"),)
)

RAW: Call[object] = Call(OPERATION)
