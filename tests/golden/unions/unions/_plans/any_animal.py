# `python -m generator build` makes this from unions.yaml.
"""Calls of GET /animals."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="anyAnimal", method="GET", path="/animals", accept="application/json")

RAW: Call[object] = Call(operation=OPERATION)
