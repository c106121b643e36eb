# By `python -m generator build`.
"""Calls of POST /lists/{id}."""

from .._runtime.parameters import in_cookie, in_header, in_path, in_query
from .._runtime.plan import Body, Call, Operation, Parameter, RecordReading
from ..results import Anything

OPERATION = Operation(
	"addList",
	method="POST",
	path="/lists/{id}",
	parameters=(
		Parameter("id", put=in_query, key="query_id_"),
		Parameter("id", put=in_path, style="simple", explode=False, required=True),
		Parameter("id", put=in_header, style="simple", explode=False, key="header_id"),
		Parameter("query_id", put=in_cookie),
	),
	accept="application/json",
)

RAW: Call[object] = Call(OPERATION, bodies=(Body("application/json", whole=True),))

LISTS_ADD: Call[Anything] = Call(
	OPERATION, bodies=(Body("application/json", whole=True),), readings=(RecordReading(Anything),), name="lists.add"
)
