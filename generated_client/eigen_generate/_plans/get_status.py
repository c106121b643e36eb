# Made from openapi.yaml by `generator build`.
"""Calls of GET /api/v1/generate/status."""

from .._runtime.parameters import in_query
from .._runtime.plan import Call, Member, Operation, Parameter, RecordReading, SecurityScheme
from ..results import VideoStatus

OPERATION = Operation(
	id="getStatus",
	method="GET",
	path="/api/v1/generate/status",
	parameters=(
		Parameter(name="jobId", put=in_query, required=True),
		Parameter(name="model", put=in_query, required=True),
	),
	security=(SecurityScheme(kind="bearer"),),
	accept="application/json",
)

RAW: Call[object] = Call(operation=OPERATION)

VIDEOS_STATUS: Call[VideoStatus] = Call(
	operation=OPERATION,
	readings=(
		RecordReading(
			result=VideoStatus,
			required=("/status",),
			members=(Member(pointer="/status", type="string"), Member(pointer="/error", type="string")),
		),
	),
	timeout=30.0,
	name="videos.status",
)
