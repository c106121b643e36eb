# Made from names.yaml by `generator build`.
"""Calls of POST /{class}/{self}."""

from .._runtime.parameters import in_header, in_path, in_query
from .._runtime.plan import Body, Call, Member, Operation, Parameter, RecordReading
from ..results import Thing

OPERATION = Operation(
	id="import",
	method="POST",
	path="/{class}/{self}",
	parameters=(
		Parameter(name="class", put=in_path, style="simple", explode=False, required=True),
		Parameter(name="self", put=in_path, style="simple", explode=False, required=True),
		Parameter(name="client", put=in_query),
		Parameter(name="body", put=in_query),
		Parameter(name="media_type", put=in_query),
		Parameter(name="timeout", put=in_header, style="simple", explode=False),
		Parameter(name="extra", put=in_query),
		Parameter(name="id", put=in_query),
		Parameter(name="a\"b'c\\d", put=in_query),
	),
	accept="application/json",
)

RAW: Call[object] = Call(operation=OPERATION, bodies=(Body(media_type="application/json"),))

THINGS_MAKE: Call[Thing] = Call(
	operation=OPERATION,
	bodies=(Body(media_type="application/json"),),
	readings=(RecordReading(result=Thing, members=(Member(pointer="/class", type="string"),)),),
	name="things.make",
	required=("class",),
)
