# Made from pets.yaml by `generator build`.
"""Calls of DELETE /pets/{petId}."""

from .._runtime.parameters import in_path
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	id="removePet",
	method="DELETE",
	path="/pets/{petId}",
	parameters=(Parameter(name="petId", put=in_path, style="simple", explode=False, required=True),),
)

RAW: Call[object] = Call(operation=OPERATION)
