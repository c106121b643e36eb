# Built by `python -m generator build` from pets.yaml: edits are lost.
"""DELETE /pets/{petId}: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation, Parameter

OPERATION = Operation(
    id="removePet",
    method="DELETE",
    path="/pets/{petId}",
    parameters=(Parameter(name="petId", location="path", style="simple", explode=False),),
)

BODIES: tuple[Body, ...] = ()

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)
