# By `python -m generator build`.
"""Calls of GET /rooms/{floor}/{room}/pets."""

from .._runtime.parameters import in_path
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	"petsInRoom",
	method="GET",
	path="/rooms/{floor}/{room}/pets",
	parameters=(
		Parameter("floor", put=in_path, style="label", explode=False, required=True),
		Parameter("room", put=in_path, style="matrix", explode=False, required=True),
	),
	accept="application/json",
)

RAW: Call[object] = Call(OPERATION)
