# By `python -m generator build`.
"""Calls of DELETE /pets/{petId}."""

from .._runtime.parameters import in_path
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	"removePet",
	method="DELETE",
	path="/pets/{petId}",
	parameters=(Parameter("petId", put=in_path, style="simple", explode=False, required=True),),
)

RAW: Call[object] = Call(OPERATION)
