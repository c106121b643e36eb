# `python -m generator build` makes this from security.yaml.
"""GET /by-basic: what its calls send and read."""

from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation(id="byBasic", method="GET", path="/by-basic", security=(SecurityScheme(kind="basic"),))

RAW: Call[object] = Call(operation=OPERATION)
