# `python -m generator build` makes this from places.yaml.
"""DELETE /uploads: what its calls send and read."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="deleteUpload", method="DELETE", path="/uploads")

RAW: Call[object] = Call(operation=OPERATION)
