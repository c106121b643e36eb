# Built by `python -m generator build` from pets.yaml: edits are lost.
"""GET /rooms/{floor}/{room}/pets: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation, Parameter

OPERATION = Operation(
    id="petsInRoom",
    method="GET",
    path="/rooms/{floor}/{room}/pets",
    parameters=(
        Parameter(name="floor", location="path", style="label", explode=False),
        Parameter(name="room", location="path", style="matrix", explode=False),
    ),
    accept="application/json",
)

BODIES: tuple[Body, ...] = ()

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)
