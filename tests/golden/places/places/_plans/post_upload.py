# Made from places.yaml by `generator build`.
"""Calls of POST /uploads."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="postUpload", method="POST", path="/uploads", server="/v4")

RAW: Call[object] = Call(operation=OPERATION)
