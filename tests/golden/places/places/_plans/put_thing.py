# By `python -m generator build`.
"""Calls of PUT /thing."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation("putThing", method="PUT", path="/thing", accept="application/json")

RAW: Call[object] = Call(OPERATION, bodies=(Body("application/json"),))
