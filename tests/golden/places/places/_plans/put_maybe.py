# By `python -m generator build`.
"""Calls of PUT /maybe."""

from .._runtime.encodings import single
from .._runtime.plan import Body, Call, Operation

OPERATION = Operation("putMaybe", method="PUT", path="/maybe", accept="application/json")

RAW: Call[object] = Call(
	OPERATION,
	bodies=(
		Body("application/json", nullable=frozenset({"body"}), whole=True),
		Body("text/plain", lacks=frozenset({"when"}), encode=single),
	),
)
