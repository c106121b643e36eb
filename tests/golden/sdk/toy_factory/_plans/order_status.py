# Made from sdk.yaml by `generator build`.
"""Calls of GET /toys/status."""

from .._runtime.parameters import in_query
from .._runtime.plan import Call, Member, Operation, Parameter, RecordReading, SecurityScheme
from ..results import Toy

OPERATION = Operation(
	id="orderStatus",
	method="GET",
	path="/toys/status",
	parameters=(Parameter(name="order", put=in_query, required=True), Parameter(name="name", put=in_query)),
	security=(SecurityScheme(kind="bearer"),),
	accept="application/json",
)

RAW: Call[object] = Call(operation=OPERATION)

TOYS_STATUS: Call[Toy] = Call(
	operation=OPERATION,
	readings=(
		RecordReading(
			result=Toy,
			required=("/name",),
			members=(
				Member(pointer="/name", type="string"),
				Member(pointer="/price", type="number"),
				Member(pointer="/sold", type="boolean"),
			),
		),
	),
	name="toys.status",
)
