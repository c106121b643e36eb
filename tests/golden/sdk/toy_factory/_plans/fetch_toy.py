# Made from sdk.yaml by `generator build`.
"""Calls of GET /toys/picture."""

from .._runtime.parameters import in_query
from .._runtime.plan import Call, MediaReading, Operation, Parameter, SecurityScheme
from ..results import Picture

OPERATION = Operation(
	id="fetchToy",
	method="GET",
	path="/toys/picture",
	parameters=(Parameter(name="order", put=in_query, required=True), Parameter(name="name", put=in_query)),
	security=(SecurityScheme(kind="bearer"),),
	accept="image/png, application/json",
)

RAW: Call[object] = Call(operation=OPERATION)

TOYS_PICTURE: Call[Picture] = Call(
	operation=OPERATION,
	readings=(MediaReading(result=Picture, media_types=("image/*",), base64=("/picture",)),),
	timeout=5.0,
	name="toys.picture",
)
