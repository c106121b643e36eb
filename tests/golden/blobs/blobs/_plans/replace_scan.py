# Built by `python -m generator build` from blobs.yaml: edits are lost.
"""PUT /scans/latest: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="replaceScan", method="PUT", path="/scans/latest")

RAW: Call[object] = Call(operation=OPERATION, bodies=(Body(media_type="image/tiff"),))
