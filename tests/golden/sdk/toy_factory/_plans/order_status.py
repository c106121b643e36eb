# By `python -m generator build`.
"""Calls of GET /toys/status."""

from .._runtime.parameters import in_query
from .._runtime.plan import Call, Member, Operation, Parameter, RecordReading, SecurityScheme
from ..results import Toy

OPERATION = Operation(
	"orderStatus",
	method="GET",
	path="/toys/status",
	parameters=(Parameter("order", put=in_query, required=True), Parameter("name", put=in_query)),
	security=(SecurityScheme("bearer"),),
	accept="application/json",
)

RAW: Call[object] = Call(OPERATION)

TOYS_STATUS: Call[Toy] = Call(
	OPERATION,
	readings=(
		RecordReading(
			Toy,
			required=("/name",),
			members=(Member("/name", type="string"), Member("/price", type="number"), Member("/sold", type="boolean")),
		),
	),
	name="toys.status",
)
