# Made from pets.yaml by `generator build`.
"""Calls of POST /visits."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="bookVisit", method="POST", path="/visits", accept="application/json")

RAW: Call[object] = Call(operation=OPERATION, bodies=(Body(media_type="application/x-www-form-urlencoded"),))
