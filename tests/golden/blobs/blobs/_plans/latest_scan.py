# By `python -m generator build`.
"""Calls of GET /scans/latest."""

from .._runtime.plan import Call, Operation

OPERATION = Operation("latestScan", method="GET", path="/scans/latest", accept="image/tiff")

RAW: Call[object] = Call(OPERATION)
