# By `python -m generator build`.
"""Calls of POST /orders."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation("addOrder", method="POST", path="/orders", accept="application/json")

RAW: Call[object] = Call(OPERATION, bodies=(Body("application/json"),))
