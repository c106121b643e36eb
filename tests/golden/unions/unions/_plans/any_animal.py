# Made from unions.yaml by `generator build`.
"""Calls of GET /animals."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="anyAnimal", method="GET", path="/animals", accept="application/json")

RAW: Call[object] = Call(operation=OPERATION)
