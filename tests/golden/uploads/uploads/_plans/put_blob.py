# Made from uploads.yaml by `generator build`.
"""Calls of PUT /blobs/{name}."""

from .._runtime.parameters import in_path
from .._runtime.plan import Body, Call, Operation, Parameter

OPERATION = Operation(
	id="putBlob",
	method="PUT",
	path="/blobs/{name}",
	parameters=(Parameter(name="name", put=in_path, style="simple", explode=False, required=True),),
)

RAW: Call[object] = Call(operation=OPERATION, bodies=(Body(media_type="application/octet-stream"),))
