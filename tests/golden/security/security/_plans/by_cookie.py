# By `python -m generator build`.
"""Calls of GET /by-cookie."""

from .._runtime.keys import key_in_cookie
from .._runtime.plan import Call, Operation, SecurityScheme

OPERATION = Operation(
	"byCookie", method="GET", path="/by-cookie", security=(SecurityScheme("apiKey", name="sid", put=key_in_cookie),)
)

RAW: Call[object] = Call(OPERATION)
