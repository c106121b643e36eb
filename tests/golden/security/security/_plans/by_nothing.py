# Built by `python -m generator build` from security.yaml: edits are lost.
"""GET /open: what its calls send and read."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="byNothing", method="GET", path="/open")

RAW: Call[object] = Call(operation=OPERATION)
