# By `python -m generator build`.
"""Calls of GET /blobs/{name}."""

from .._runtime.parameters import in_path
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	"getBlob",
	method="GET",
	path="/blobs/{name}",
	parameters=(Parameter("name", put=in_path, style="simple", explode=False, required=True),),
	accept="application/octet-stream",
)

RAW: Call[object] = Call(OPERATION)
