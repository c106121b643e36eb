# Built by `python -m generator build` from media.yaml: edits are lost.
"""GET /render: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation, Parameter

OPERATION = Operation(
    id="render",
    method="GET",
    path="/render",
    parameters=(Parameter(name="as", location="query"),),
    accept="image/*, text/plain, text/html, application/vnd.render+json, application/json",
)

BODIES: tuple[Body, ...] = ()

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)
