# `python -m generator build` makes this from unions.yaml.
"""Calls of GET /numbers."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="addNumbers", method="GET", path="/numbers", accept="application/json")

RAW: Call[object] = Call(operation=OPERATION)
