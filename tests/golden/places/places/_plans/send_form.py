# By `python -m generator build`.
"""Calls of POST /form."""

from .._runtime.encodings import urlencoded
from .._runtime.plan import Body, Call, Operation

OPERATION = Operation("sendForm", method="POST", path="/form", accept="application/json")

RAW: Call[object] = Call(OPERATION, bodies=(Body("application/x-www-form-urlencoded", whole=True, encode=urlencoded),))
