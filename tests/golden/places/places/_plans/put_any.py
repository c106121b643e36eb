# Made from places.yaml by `generator build`.
"""Calls of PUT /any."""

from .._runtime.plan import Body, Call, Operation, RecordReading
from ..results import Anything

OPERATION = Operation(id="putAny", method="PUT", path="/any", accept="application/json")

RAW: Call[object] = Call(
	operation=OPERATION, bodies=(Body(media_type="application/json", nullable=frozenset({"body"}), whole=True),)
)

LISTS_PUT: Call[Anything] = Call(
	operation=OPERATION, bodies=RAW.bodies, readings=(RecordReading(result=Anything),), name="lists.put"
)
