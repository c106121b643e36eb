# By `python -m generator build`.
"""Calls of POST /shapes."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation("addShape", method="POST", path="/shapes", accept="application/json")

RAW: Call[object] = Call(OPERATION, bodies=(Body("application/json", nullable=frozenset({"anything"})),))
