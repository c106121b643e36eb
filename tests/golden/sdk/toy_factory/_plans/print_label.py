# By `python -m generator build`.
"""Calls of POST /labels."""

from .._runtime.plan import Body, Call, Operation, SecurityScheme, TextReading
from ..results import Label

OPERATION = Operation(
	"printLabel",
	method="POST",
	path="/labels",
	security=(SecurityScheme("bearer"),),
	accept="text/plain, application/json",
)

RAW: Call[object] = Call(OPERATION, bodies=(Body("application/json"),))

TOYS_LABEL: Call[Label] = Call(
	OPERATION,
	bodies=(Body("application/json"),),
	readings=(TextReading(Label, text=("/label",)),),
	name="toys.label",
	required=("lines",),
)
