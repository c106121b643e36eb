# By `python -m generator build`.
"""Calls of GET /orders."""

from .._runtime.parameters import in_query
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	"findOrders",
	method="GET",
	path="/orders",
	parameters=(Parameter("filter", put=in_query), Parameter("old", put=in_query)),
	accept="application/json, application/vnd.count+json",
)

RAW: Call[object] = Call(OPERATION)
