# By `python -m generator build`.
"""Calls of GET /animals."""

from .._runtime.plan import Call, Operation

OPERATION = Operation("anyAnimal", method="GET", path="/animals", accept="application/json")

RAW: Call[object] = Call(OPERATION)
