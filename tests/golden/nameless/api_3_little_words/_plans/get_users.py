# `python -m generator build` makes this from nameless.yaml.
"""GET /users: what its calls send and read."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="get_users", method="GET", path="/users")

RAW: Call[object] = Call(operation=OPERATION)
