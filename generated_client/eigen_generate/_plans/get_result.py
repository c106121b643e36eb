# By `python -m generator build`.
"""Calls of GET /api/v1/generate/result."""

from .._runtime.parameters import in_query
from .._runtime.plan import Call, MediaReading, Operation, Parameter, SecurityScheme
from ..results import Video

OPERATION = Operation(
	"getResult",
	method="GET",
	path="/api/v1/generate/result",
	parameters=(Parameter("jobId", put=in_query, required=True), Parameter("model", put=in_query, required=True)),
	security=(SecurityScheme("bearer"),),
	accept="video/mp4",
)

RAW: Call[object] = Call(OPERATION)

VIDEOS_RESULT: Call[Video] = Call(
	OPERATION, readings=(MediaReading(Video, media_types=("video/*",)),), timeout=300.0, name="videos.result"
)
