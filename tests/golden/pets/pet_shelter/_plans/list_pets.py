# Made from pets.yaml by `generator build`.
"""Calls of GET /pets."""

from .._runtime.parameters import in_cookie, in_header, in_query, in_styled_query
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	id="listPets",
	method="GET",
	path="/pets",
	parameters=(
		Parameter(name="X-Trace", put=in_header, style="simple", explode=False),
		Parameter(name="kind", put=in_query),
		Parameter(name="tags", put=in_query),
		Parameter(name="ids", put=in_query, explode=False),
		Parameter(name="colours", put=in_styled_query, style="pipeDelimited", explode=False),
		Parameter(name="where", put=in_styled_query, style="deepObject"),
		Parameter(name="limit", put=in_query),
		Parameter(name="adopted", put=in_query),
		Parameter(name="born-after", put=in_query),
		Parameter(name="session", put=in_cookie),
	),
	accept="application/json",
	response_headers=("x-total",),
)

RAW: Call[object] = Call(operation=OPERATION)
