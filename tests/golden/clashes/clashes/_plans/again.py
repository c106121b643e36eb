# Built by `python -m generator build` from clashes.yaml: edits are lost.
"""GET /again: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation, Parameter

OPERATION = Operation(
    id="again",
    method="GET",
    path="/again",
    parameters=(Parameter(name="where", location="query", style="deepObject", explode=False),),
    accept="application/json",
)

BODIES: tuple[Body, ...] = ()

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)
