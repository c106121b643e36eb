# Made from places.yaml by `generator build`.
"""Calls of PUT /thing."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="putThing", method="PUT", path="/thing", accept="application/json")

RAW: Call[object] = Call(operation=OPERATION, bodies=(Body(media_type="application/json"),))
