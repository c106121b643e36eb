# `python -m generator build` makes this from places.yaml.
"""POST /uploads: what its calls send and read."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="postUpload", method="POST", path="/uploads", server="/v4")

RAW: Call[object] = Call(operation=OPERATION)
