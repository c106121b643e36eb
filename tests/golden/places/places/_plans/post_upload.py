# By `python -m generator build`.
"""Calls of POST /uploads."""

from .._runtime.plan import Call, Operation

OPERATION = Operation("postUpload", method="POST", path="/uploads", server="/v4")

RAW: Call[object] = Call(OPERATION)
