# By `python -m generator build`.
"""Calls of GET /toys/picture."""

from .._runtime.parameters import in_query
from .._runtime.plan import Call, MediaReading, Operation, Parameter, SecurityScheme
from ..results import Picture

OPERATION = Operation(
	"fetchToy",
	method="GET",
	path="/toys/picture",
	parameters=(Parameter("order", put=in_query, required=True), Parameter("name", put=in_query)),
	security=(SecurityScheme("bearer"),),
	accept="image/png, application/json",
)

RAW: Call[object] = Call(OPERATION)

TOYS_PICTURE: Call[Picture] = Call(
	OPERATION,
	readings=(MediaReading(Picture, media_types=("image/*",), base64=("/picture",)),),
	timeout=5.0,
	name="toys.picture",
)
