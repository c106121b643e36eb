# By `python -m generator build`.
"""Calls of PUT /uploads."""

from .._runtime.plan import Call, Operation

OPERATION = Operation("putUpload", method="PUT", path="/uploads", server="/v3")

RAW: Call[object] = Call(OPERATION)
