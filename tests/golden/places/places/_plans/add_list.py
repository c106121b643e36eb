# Built by `python -m generator build` from places.yaml: edits are lost.
"""POST /lists/{id}: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation, Parameter, RecordReading
from ..results import Anything

OPERATION = Operation(
    id="addList",
    method="POST",
    path="/lists/{id}",
    parameters=(
        Parameter(name="id", location="query", key="query_id_"),
        Parameter(name="id", location="path", style="simple", explode=False),
        Parameter(name="id", location="header", style="simple", explode=False, key="header_id"),
        Parameter(name="query_id", location="cookie"),
    ),
    accept="application/json",
)

BODIES: tuple[Body, ...] = (Body(media_type="application/json", whole=True),)

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)

LISTS_ADD: Call[Anything] = Call(
    operation=OPERATION,
    bodies=(Body(media_type="application/json", whole=True),),
    readings=(RecordReading(result=Anything),),
    name="lists.add",
)
