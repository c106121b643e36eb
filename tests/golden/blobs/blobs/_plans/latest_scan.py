# Made from blobs.yaml by `generator build`.
"""Calls of GET /scans/latest."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="latestScan", method="GET", path="/scans/latest", accept="image/tiff")

RAW: Call[object] = Call(operation=OPERATION)
