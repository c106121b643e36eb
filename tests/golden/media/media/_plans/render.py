# Made from media.yaml by `generator build`.
"""Calls of GET /render."""

from .._runtime.parameters import in_query
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	id="render",
	method="GET",
	path="/render",
	parameters=(Parameter(name="as", put=in_query),),
	accept="image/*, text/plain, text/html, application/vnd.render+json, application/json",
)

RAW: Call[object] = Call(operation=OPERATION)
