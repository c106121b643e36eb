# Made from places.yaml by `generator build`.
"""Calls of PUT /uploads."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="putUpload", method="PUT", path="/uploads", server="/v3")

RAW: Call[object] = Call(operation=OPERATION)
