# By `python -m generator build`.
"""Calls of GET /api/v1/generate/status."""

from .._runtime.parameters import in_query
from .._runtime.plan import Call, Member, Operation, Parameter, RecordReading, SecurityScheme
from ..results import VideoStatus

OPERATION = Operation(
	"getStatus",
	method="GET",
	path="/api/v1/generate/status",
	parameters=(Parameter("jobId", put=in_query, required=True), Parameter("model", put=in_query, required=True)),
	security=(SecurityScheme("bearer"),),
	accept="application/json",
)

RAW: Call[object] = Call(OPERATION)

VIDEOS_STATUS: Call[VideoStatus] = Call(
	OPERATION,
	readings=(
		RecordReading(
			VideoStatus,
			required=("/status",),
			members=(Member("/status", type="string"), Member("/error", type="string")),
		),
	),
	timeout=30.0,
	name="videos.status",
)
