# Made from blobs.yaml by `generator build`.
"""Calls of PUT /scans/latest."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="replaceScan", method="PUT", path="/scans/latest")

RAW: Call[object] = Call(operation=OPERATION, bodies=(Body(media_type="image/tiff"),))
