# Built by `python -m generator build` from openapi.yaml: edits are lost.
"""GET /api/v1/generate/status: what its calls send and read."""

from .._runtime.plan import Body, Call, Member, Operation, Parameter, RecordReading, SecurityScheme
from ..results import VideoStatus

OPERATION = Operation(
    id="getStatus",
    method="GET",
    path="/api/v1/generate/status",
    parameters=(
        Parameter(name="jobId", location="query", required=True),
        Parameter(name="model", location="query", required=True),
    ),
    security=(SecurityScheme(kind="bearer"),),
    accept="application/json",
)

BODIES: tuple[Body, ...] = ()

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)

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
