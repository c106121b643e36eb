# By `python -m generator build`.
"""Calls of GET /render."""

from .._runtime.parameters import in_query
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	"render",
	method="GET",
	path="/render",
	parameters=(Parameter("as", put=in_query),),
	accept="image/*, text/plain, text/html, application/vnd.render+json, application/json",
)

RAW: Call[object] = Call(OPERATION)
