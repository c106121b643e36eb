# Built by `python -m generator build` from uploads.yaml: edits are lost.
"""PUT /blobs/{name}: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation, Parameter

OPERATION = Operation(
    id="putBlob",
    method="PUT",
    path="/blobs/{name}",
    parameters=(Parameter(name="name", location="path", style="simple", explode=False),),
)

BODIES: tuple[Body, ...] = (Body(media_type="application/octet-stream"),)

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)
