# `python -m generator build` makes this from security.yaml.
"""GET /by-oauth: what its calls send and read."""

from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation(id="byOauth", method="GET", path="/by-oauth", security=(SecurityScheme(kind="bearer"),))

RAW: Call[object] = Call(operation=OPERATION)
