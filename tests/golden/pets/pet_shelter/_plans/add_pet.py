# Made from pets.yaml by `generator build`.
"""Calls of POST /pets."""

from .._runtime.parameters import in_header
from .._runtime.plan import Body, Call, Operation, Parameter

OPERATION = Operation(
	id="addPet",
	method="POST",
	path="/pets",
	parameters=(Parameter(name="X-Trace", put=in_header, style="simple", explode=False),),
	accept="application/json",
)

RAW: Call[object] = Call(
	operation=OPERATION, bodies=(Body(media_type="application/json", nullable=frozenset({"age", "level", "owner"})),)
)
