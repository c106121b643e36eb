# Made from sdk.yaml by `generator build`.
"""Calls of POST /toys."""

from .._runtime.plan import Body, Call, JobReading, Member, Operation, SecurityScheme
from ..results import Order

OPERATION = Operation(
	id="makeToy", method="POST", path="/toys", security=(SecurityScheme(kind="bearer"),), accept="application/json"
)

RAW: Call[object] = Call(
	operation=OPERATION,
	bodies=(
		Body(media_type="application/json", lacks=frozenset({"drawing"}), nullable=frozenset({"engraving"})),
		Body(media_type="multipart/form-data", files=frozenset({"drawing"}), nullable=frozenset({"engraving"})),
	),
)

TOYS_ORDER: Call[Order] = Call(
	operation=OPERATION,
	bodies=RAW.bodies,
	readings=(
		JobReading(result=Order, id="/order", keep=("name",), members=(Member(pointer="/state", type="string"),)),
	),
	name="toys.order",
	required=("name",),
)
