# By `python -m generator build`.
"""Calls of GET /pets/{petId}."""

from .._runtime.parameters import in_path
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	"getPet",
	method="GET",
	path="/pets/{petId}",
	parameters=(Parameter("petId", put=in_path, style="simple", explode=False, required=True),),
	accept="application/json",
)

RAW: Call[object] = Call(OPERATION)
