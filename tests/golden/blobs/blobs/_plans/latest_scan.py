# Built by `python -m generator build` from blobs.yaml: edits are lost.
"""GET /scans/latest: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="latestScan", method="GET", path="/scans/latest", accept="image/tiff")

BODIES: tuple[Body, ...] = ()

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)
