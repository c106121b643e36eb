# Made from places.yaml by `generator build`.
"""Calls of POST /form."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="sendForm", method="POST", path="/form", accept="application/json")

RAW: Call[object] = Call(
	operation=OPERATION, bodies=(Body(media_type="application/x-www-form-urlencoded", whole=True),)
)
