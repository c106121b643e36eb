# By `python -m generator build`.
"""Calls of POST /pets."""

from .._runtime.parameters import in_header
from .._runtime.plan import Body, Call, Operation, Parameter

OPERATION = Operation(
	"addPet",
	method="POST",
	path="/pets",
	parameters=(Parameter("X-Trace", put=in_header, style="simple", explode=False),),
	accept="application/json",
)

RAW: Call[object] = Call(OPERATION, bodies=(Body("application/json", nullable=frozenset({"age", "level", "owner"})),))
