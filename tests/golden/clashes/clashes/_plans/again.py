# Made from clashes.yaml by `generator build`.
"""Calls of GET /again."""

from .._runtime.parameters import in_styled_query
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	id="again",
	method="GET",
	path="/again",
	parameters=(Parameter(name="where", put=in_styled_query, style="deepObject", explode=False),),
	accept="application/json",
)

RAW: Call[object] = Call(operation=OPERATION)
