# Built by `python -m generator build` from pets.yaml: edits are lost.
"""GET /pets/{petId}: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation, Parameter

OPERATION = Operation(
    id="getPet",
    method="GET",
    path="/pets/{petId}",
    parameters=(Parameter(name="petId", location="path", style="simple", explode=False),),
    accept="application/json",
)

BODIES: tuple[Body, ...] = ()

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)
