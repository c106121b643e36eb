# Made from media.yaml by `generator build`.
"""Calls of POST /pictures."""

from .._runtime.plan import Body, Call, Operation

OPERATION = Operation(id="addPicture", method="POST", path="/pictures", response_headers=("location",))

RAW: Call[object] = Call(operation=OPERATION, bodies=(Body(media_type="image/*"), Body(media_type="text/plain")))
