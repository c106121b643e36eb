# Built by `python -m generator build` from pets.yaml: edits are lost.
"""GET /pets: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation, Parameter

OPERATION = Operation(
    id="listPets",
    method="GET",
    path="/pets",
    parameters=(
        Parameter(name="X-Trace", location="header", style="simple", explode=False),
        Parameter(name="kind", location="query"),
        Parameter(name="tags", location="query"),
        Parameter(name="ids", location="query", explode=False),
        Parameter(name="colours", location="query", style="pipeDelimited", explode=False),
        Parameter(name="where", location="query", style="deepObject"),
        Parameter(name="limit", location="query"),
        Parameter(name="adopted", location="query"),
        Parameter(name="born-after", location="query"),
        Parameter(name="session", location="cookie"),
    ),
    accept="application/json",
    response_headers=("x-total",),
)

BODIES: tuple[Body, ...] = ()

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)
