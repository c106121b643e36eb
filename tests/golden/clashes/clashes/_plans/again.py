# By `python -m generator build`.
"""Calls of GET /again."""

from .._runtime.parameters import in_styled_query
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	"again",
	method="GET",
	path="/again",
	parameters=(Parameter("where", put=in_styled_query, style="deepObject", explode=False),),
	accept="application/json",
)

RAW: Call[object] = Call(OPERATION)
