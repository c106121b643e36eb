# Built by `python -m generator build` from uploads.yaml: edits are lost.
"""GET /blobs/{name}: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation, Parameter

OPERATION = Operation(
    id="getBlob",
    method="GET",
    path="/blobs/{name}",
    parameters=(Parameter(name="name", location="path", style="simple", explode=False),),
    accept="application/octet-stream",
)

BODIES: tuple[Body, ...] = ()

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)
