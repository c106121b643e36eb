# By `python -m generator build`.
"""Calls of PUT /scans/latest."""

from .._runtime.encodings import single
from .._runtime.plan import Body, Call, Operation

OPERATION = Operation("replaceScan", method="PUT", path="/scans/latest")

RAW: Call[object] = Call(OPERATION, bodies=(Body("image/tiff", encode=single),))
