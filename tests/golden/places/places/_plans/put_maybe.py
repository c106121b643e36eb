# Made from places.yaml by `generator build`.
"""Calls of PUT /maybe."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="putMaybe", method="PUT", path="/maybe", accept="application/json")

RAW: Call[object] = Call(
	operation=OPERATION,
	bodies=(
		Body(media_type="application/json", nullable=frozenset({"body"}), whole=True),
		Body(media_type="text/plain", lacks=frozenset({"when"})),
	),
)
