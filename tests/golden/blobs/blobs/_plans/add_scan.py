# By `python -m generator build`.
"""Calls of POST /scans."""

from .._runtime.plan import Body, Call, Operation, PartEncoding

OPERATION = Operation("addScan", method="POST", path="/scans", accept="text/plain")

RAW: Call[object] = Call(
	OPERATION,
	bodies=(
		Body("application/json", lacks=frozenset({"more", "page", "settings"})),
		Body(
			"multipart/form-data",
			lacks=frozenset({"dpi", "page_base64"}),
			files=frozenset({"more", "page"}),
			several=frozenset({"more"}),
			encoding={"page": PartEncoding("image/tiff")},
		),
	),
)
