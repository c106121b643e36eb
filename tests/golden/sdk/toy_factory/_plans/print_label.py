# Built by `python -m generator build` from sdk.yaml: edits are lost.
"""POST /labels: what its calls send and read."""

from .._runtime.plan import Body, Call, Need, Operation, SecurityScheme, TextReading
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
    needs=(Need(choices=(("lines",),)),),
    name="toys.label",
)
