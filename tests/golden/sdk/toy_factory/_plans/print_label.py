# Made from sdk.yaml by `generator build`.
"""Calls of POST /labels."""

from .._runtime.plan import Body, Call, Operation, SecurityScheme, TextReading
from ..results import Label

OPERATION = Operation(
	id="printLabel",
	method="POST",
	path="/labels",
	security=(SecurityScheme(kind="bearer"),),
	accept="text/plain, application/json",
)

RAW: Call[object] = Call(operation=OPERATION, bodies=(Body(media_type="application/json"),))

TOYS_LABEL: Call[Label] = Call(
	operation=OPERATION,
	bodies=(Body(media_type="application/json"),),
	readings=(TextReading(result=Label, text=("/label",)),),
	name="toys.label",
	required=("lines",),
)
