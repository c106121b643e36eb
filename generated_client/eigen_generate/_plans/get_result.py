# Made from openapi.yaml by `generator build`.
"""Calls of GET /api/v1/generate/result."""

from .._runtime.parameters import in_query
from .._runtime.plan import Call, MediaReading, Operation, Parameter, SecurityScheme
from ..results import Video

OPERATION = Operation(
	id="getResult",
	method="GET",
	path="/api/v1/generate/result",
	parameters=(
		Parameter(name="jobId", put=in_query, required=True),
		Parameter(name="model", put=in_query, required=True),
	),
	security=(SecurityScheme(kind="bearer"),),
	accept="video/mp4",
)

RAW: Call[object] = Call(operation=OPERATION)

VIDEOS_RESULT: Call[Video] = Call(
	operation=OPERATION,
	readings=(MediaReading(result=Video, media_types=("video/*",)),),
	timeout=300.0,
	name="videos.result",
)
