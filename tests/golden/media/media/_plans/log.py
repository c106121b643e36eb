# `python -m generator build` makes this from media.yaml.
"""Calls of GET /log."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="log", method="GET", path="/log", accept="text/plain")

RAW: Call[object] = Call(operation=OPERATION)
