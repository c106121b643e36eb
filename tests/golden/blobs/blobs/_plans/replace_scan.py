# Built by `python -m generator build` from blobs.yaml: edits are lost.
"""PUT /scans/latest: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="replaceScan", method="PUT", path="/scans/latest")

BODIES: tuple[Body, ...] = (Body(media_type="image/tiff"),)

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)
