# `python -m generator build` makes this from security.yaml.
"""Calls of GET /open."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="byNothing", method="GET", path="/open")

RAW: Call[object] = Call(operation=OPERATION)
