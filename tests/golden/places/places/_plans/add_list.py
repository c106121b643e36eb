# Made from places.yaml by `generator build`.
"""Calls of POST /lists/{id}."""

from .._runtime.parameters import in_cookie, in_header, in_path, in_query
from .._runtime.plan import Body, Call, Operation, Parameter, RecordReading
from ..results import Anything

OPERATION = Operation(
	id="addList",
	method="POST",
	path="/lists/{id}",
	parameters=(
		Parameter(name="id", put=in_query, key="query_id_"),
		Parameter(name="id", put=in_path, style="simple", explode=False, required=True),
		Parameter(name="id", put=in_header, style="simple", explode=False, key="header_id"),
		Parameter(name="query_id", put=in_cookie),
	),
	accept="application/json",
)

RAW: Call[object] = Call(operation=OPERATION, bodies=(Body(media_type="application/json", whole=True),))

LISTS_ADD: Call[Anything] = Call(
	operation=OPERATION, bodies=RAW.bodies, readings=(RecordReading(result=Anything),), name="lists.add"
)
