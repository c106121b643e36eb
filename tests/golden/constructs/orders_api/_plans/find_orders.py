# Made from constructs.yaml by `generator build`.
"""Calls of GET /orders."""

from .._runtime.parameters import in_query
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	id="findOrders",
	method="GET",
	path="/orders",
	parameters=(Parameter(name="filter", put=in_query), Parameter(name="old", put=in_query)),
	accept="application/json, application/vnd.count+json",
)

RAW: Call[object] = Call(operation=OPERATION)
