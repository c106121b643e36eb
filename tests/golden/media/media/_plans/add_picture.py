# By `python -m generator build`.
"""Calls of POST /pictures."""

from .._runtime.encodings import single
from .._runtime.plan import Body, Call, Operation

OPERATION = Operation("addPicture", method="POST", path="/pictures", response_headers=("location",))

RAW: Call[object] = Call(OPERATION, bodies=(Body("image/*", encode=single), Body("text/plain", encode=single)))
