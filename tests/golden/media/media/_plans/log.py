# Built by `python -m generator build` from media.yaml: edits are lost.
"""GET /log: what its calls send and read."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="log", method="GET", path="/log", accept="text/plain")

RAW: Call[object] = Call(operation=OPERATION)
