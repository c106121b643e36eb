# Built by `python -m generator build` from security.yaml: edits are lost.
"""GET /by-bearer: what its calls send and read."""

from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation(
    id="byBearer", method="GET", path="/by-bearer", security=(SecurityScheme(kind="bearer"),)
)

RAW: Call[object] = Call(operation=OPERATION)
