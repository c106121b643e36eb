# Made from places.yaml by `generator build`.
"""Calls of DELETE /uploads."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="deleteUpload", method="DELETE", path="/uploads")

RAW: Call[object] = Call(operation=OPERATION)
