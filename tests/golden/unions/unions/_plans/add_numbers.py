# Built by `python -m generator build` from unions.yaml: edits are lost.
"""GET /numbers: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="addNumbers", method="GET", path="/numbers", accept="application/json")

BODIES: tuple[Body, ...] = ()

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)
