# By `python -m generator build`.
"""Calls of GET /uploads."""

from .._runtime.plan import Call, Operation

OPERATION = Operation("listUploads", method="GET", path="/uploads", server="https://eu.uploads.example.com/v2")

RAW: Call[object] = Call(OPERATION)
