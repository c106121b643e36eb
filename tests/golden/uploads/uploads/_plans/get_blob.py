# Made from uploads.yaml by `generator build`.
"""Calls of GET /blobs/{name}."""

from .._runtime.parameters import in_path
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	id="getBlob",
	method="GET",
	path="/blobs/{name}",
	parameters=(Parameter(name="name", put=in_path, style="simple", explode=False, required=True),),
	accept="application/octet-stream",
)

RAW: Call[object] = Call(operation=OPERATION)
