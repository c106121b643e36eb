# Built by `python -m generator build` from names.yaml: edits are lost.
"""POST /{class}/{self}: what its calls send and read."""

from .._runtime.plan import Body, Call, Member, Need, Operation, Parameter, RecordReading
from ..results import Thing

OPERATION = Operation(
    id="import",
    method="POST",
    path="/{class}/{self}",
    parameters=(
        Parameter(name="class", location="path", style="simple", explode=False),
        Parameter(name="self", location="path", style="simple", explode=False),
        Parameter(name="client", location="query"),
        Parameter(name="body", location="query"),
        Parameter(name="media_type", location="query"),
        Parameter(name="timeout", location="header", style="simple", explode=False),
        Parameter(name="extra", location="query"),
        Parameter(name="id", location="query"),
        Parameter(name="a\"b'c\\d", location="query"),
    ),
    accept="application/json",
)

BODIES: tuple[Body, ...] = (Body(media_type="application/json"),)

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)

THINGS_MAKE: Call[Thing] = Call(
    operation=OPERATION,
    bodies=(Body(media_type="application/json"),),
    readings=(RecordReading(result=Thing, members=(Member(pointer="/class", type="string"),)),),
    needs=(Need(choices=(("class",),)),),
    name="things.make",
)
