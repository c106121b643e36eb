# Made from clashes.yaml by `generator build`.
"""Calls of POST /all."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="sendAll", method="POST", path="/all", accept="application/json")

RAW: Call[object] = Call(operation=OPERATION, bodies=(Body(media_type="application/json", nullable=frozenset({"g"})),))
