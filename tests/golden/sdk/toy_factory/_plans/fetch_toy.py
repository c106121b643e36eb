# Built by `python -m generator build` from sdk.yaml: edits are lost.
"""GET /toys/picture: what its calls send and read."""

from .._runtime.plan import Body, Call, MediaReading, Operation, Parameter, SecurityScheme
from ..results import Picture

OPERATION = Operation(
    id="fetchToy",
    method="GET",
    path="/toys/picture",
    parameters=(
        Parameter(name="order", location="query", required=True),
        Parameter(name="name", location="query"),
    ),
    security=(SecurityScheme(kind="bearer"),),
    accept="image/png, application/json",
)

BODIES: tuple[Body, ...] = ()

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)

TOYS_PICTURE: Call[Picture] = Call(
    operation=OPERATION,
    readings=(MediaReading(result=Picture, media_types=("image/*",), base64=("/picture",)),),
    timeout=5.0,
    name="toys.picture",
)
