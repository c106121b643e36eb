# By `python -m generator build`.
"""Calls of POST /all."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation("sendAll", method="POST", path="/all", accept="application/json")

RAW: Call[object] = Call(OPERATION, bodies=(Body("application/json", nullable=frozenset({"g"})),))
