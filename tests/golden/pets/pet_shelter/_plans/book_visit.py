# By `python -m generator build`.
"""Calls of POST /visits."""

from .._runtime.encodings import urlencoded
from .._runtime.plan import Body, Call, Operation

OPERATION = Operation("bookVisit", method="POST", path="/visits", accept="application/json")

RAW: Call[object] = Call(OPERATION, bodies=(Body("application/x-www-form-urlencoded", encode=urlencoded),))
