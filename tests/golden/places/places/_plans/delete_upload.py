# Built by `python -m generator build` from places.yaml: edits are lost.
"""DELETE /uploads: what its calls send and read."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="deleteUpload", method="DELETE", path="/uploads")

RAW: Call[object] = Call(operation=OPERATION)
