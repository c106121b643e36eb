# By `python -m generator build`.
"""Calls of GET /pets."""

from .._runtime.parameters import in_cookie, in_header, in_query, in_styled_query
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	"listPets",
	method="GET",
	path="/pets",
	parameters=(
		Parameter("X-Trace", put=in_header, style="simple", explode=False),
		Parameter("kind", put=in_query),
		Parameter("tags", put=in_query),
		Parameter("ids", put=in_query, explode=False),
		Parameter("colours", put=in_styled_query, style="pipeDelimited", explode=False),
		Parameter("where", put=in_styled_query, style="deepObject"),
		Parameter("limit", put=in_query),
		Parameter("adopted", put=in_query),
		Parameter("born-after", put=in_query),
		Parameter("session", put=in_cookie),
	),
	accept="application/json",
	response_headers=("x-total",),
)

RAW: Call[object] = Call(OPERATION)
