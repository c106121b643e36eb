# `python -m generator build` makes this from security.yaml.
"""GET /open: what its calls send and read."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="byNothing", method="GET", path="/open")

RAW: Call[object] = Call(operation=OPERATION)
