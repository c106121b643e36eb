# By `python -m generator build`.
"""Calls of POST /toys."""

from .._runtime.plan import Body, Call, JobReading, Member, Operation, SecurityScheme
from ..results import Order

OPERATION = Operation(
	"makeToy", method="POST", path="/toys", security=(SecurityScheme("bearer"),), accept="application/json"
)

RAW: Call[object] = Call(
	OPERATION,
	bodies=(
		Body("application/json", lacks=frozenset({"drawing"}), nullable=frozenset({"engraving"})),
		Body("multipart/form-data", files=frozenset({"drawing"}), nullable=frozenset({"engraving"})),
	),
)

TOYS_ORDER: Call[Order] = Call(
	OPERATION,
	bodies=RAW.bodies,
	readings=(JobReading(Order, id="/order", keep=("name",), members=(Member("/state", type="string"),)),),
	name="toys.order",
	required=("name",),
)
