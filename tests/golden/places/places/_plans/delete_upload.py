# By `python -m generator build`.
"""Calls of DELETE /uploads."""

from .._runtime.plan import Call, Operation

OPERATION = Operation("deleteUpload", method="DELETE", path="/uploads")

RAW: Call[object] = Call(OPERATION)
