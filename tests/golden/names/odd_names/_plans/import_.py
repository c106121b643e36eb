# By `python -m generator build`.
"""Calls of POST /{class}/{self}."""

from .._runtime.parameters import in_header, in_path, in_query
from .._runtime.plan import Body, Call, Member, Operation, Parameter, RecordReading
from ..results import Thing

OPERATION = Operation(
	"import",
	method="POST",
	path="/{class}/{self}",
	parameters=(
		Parameter("class", put=in_path, style="simple", explode=False, required=True),
		Parameter("self", put=in_path, style="simple", explode=False, required=True),
		Parameter("client", put=in_query),
		Parameter("body", put=in_query),
		Parameter("media_type", put=in_query),
		Parameter("timeout", put=in_header, style="simple", explode=False),
		Parameter("extra", put=in_query),
		Parameter("id", put=in_query),
		Parameter("a\"b'c\\d", put=in_query),
	),
	accept="application/json",
)

RAW: Call[object] = Call(OPERATION, bodies=(Body("application/json"),))

THINGS_MAKE: Call[Thing] = Call(
	OPERATION,
	bodies=(Body("application/json"),),
	readings=(RecordReading(Thing, members=(Member("/class", type="string"),)),),
	name="things.make",
	required=("class",),
)
