# By `python -m generator build`.
"""Calls of PUT /blobs/{name}."""

from .._runtime.encodings import single
from .._runtime.parameters import in_path
from .._runtime.plan import Body, Call, Operation, Parameter

OPERATION = Operation(
	"putBlob",
	method="PUT",
	path="/blobs/{name}",
	parameters=(Parameter("name", put=in_path, style="simple", explode=False, required=True),),
)

RAW: Call[object] = Call(OPERATION, bodies=(Body("application/octet-stream", encode=single),))
