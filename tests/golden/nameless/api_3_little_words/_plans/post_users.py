# Built by `python -m generator build` from nameless.yaml: edits are lost.
"""POST /users: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="post_users", method="POST", path="/users")

BODIES: tuple[Body, ...] = ()

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)
