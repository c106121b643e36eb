# Built by `python -m generator build` from nameless.yaml: edits are lost.
"""GET /users: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="get_users", method="GET", path="/users")

BODIES: tuple[Body, ...] = ()

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)
