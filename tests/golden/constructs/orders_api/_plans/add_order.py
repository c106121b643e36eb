# Made from constructs.yaml by `generator build`.
"""Calls of POST /orders."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="addOrder", method="POST", path="/orders", accept="application/json")

RAW: Call[object] = Call(operation=OPERATION, bodies=(Body(media_type="application/json"),))
