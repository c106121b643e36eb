# Made from unions.yaml by `generator build`.
"""Calls of POST /shapes."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="addShape", method="POST", path="/shapes", accept="application/json")

RAW: Call[object] = Call(
	operation=OPERATION, bodies=(Body(media_type="application/json", nullable=frozenset({"anything"})),)
)
