# Built by `python -m generator build` from nameless.yaml: edits are lost.
"""GET /: what its calls send and read."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="get", method="GET", path="/", accept="text/plain")

RAW: Call[object] = Call(operation=OPERATION)
