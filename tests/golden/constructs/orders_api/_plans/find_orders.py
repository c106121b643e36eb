# Built by `python -m generator build` from constructs.yaml: edits are lost.
"""GET /orders: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation, Parameter

OPERATION = Operation(
    id="findOrders",
    method="GET",
    path="/orders",
    parameters=(Parameter(name="filter", location="query"), Parameter(name="old", location="query")),
    accept="application/json, application/vnd.count+json",
)

BODIES: tuple[Body, ...] = ()

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)
