# Built by `python -m generator build` from places.yaml: edits are lost.
"""PUT /thing: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="putThing", method="PUT", path="/thing", accept="application/json")

RAW: Call[object] = Call(operation=OPERATION, bodies=(Body(media_type="application/json"),))
