# By `python -m generator build`.
"""Calls of PUT /any."""

from .._runtime.plan import Body, Call, Operation, RecordReading
from ..results import Anything

OPERATION = Operation("putAny", method="PUT", path="/any", accept="application/json")

RAW: Call[object] = Call(OPERATION, bodies=(Body("application/json", nullable=frozenset({"body"}), whole=True),))

LISTS_PUT: Call[Anything] = Call(OPERATION, bodies=RAW.bodies, readings=(RecordReading(Anything),), name="lists.put")
