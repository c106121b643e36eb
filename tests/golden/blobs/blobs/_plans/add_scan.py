# Made from blobs.yaml by `generator build`.
"""Calls of POST /scans."""

from .._runtime.plan import Body, Call, Operation, PartEncoding

OPERATION = Operation(id="addScan", method="POST", path="/scans", accept="text/plain")

RAW: Call[object] = Call(
	operation=OPERATION,
	bodies=(
		Body(media_type="application/json", lacks=frozenset({"more", "page", "settings"})),
		Body(
			media_type="multipart/form-data",
			lacks=frozenset({"dpi", "page_base64"}),
			files=frozenset({"more", "page"}),
			several=frozenset({"more"}),
			encoding={"page": PartEncoding(media_type="image/tiff")},
		),
	),
)
