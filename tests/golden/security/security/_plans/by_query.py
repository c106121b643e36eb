# By `python -m generator build`.
"""Calls of GET /by-query."""

from .._runtime.keys import key_in_query
from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation(
	"byQuery", method="GET", path="/by-query", security=(SecurityScheme("apiKey", name="api key", put=key_in_query),)
)

RAW: Call[object] = Call(OPERATION)
