# `python -m generator build` makes this from security.yaml.
"""GET /by-bearer: what its calls send and read."""

from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation(id="byBearer", method="GET", path="/by-bearer", security=(SecurityScheme(kind="bearer"),))

RAW: Call[object] = Call(operation=OPERATION)
