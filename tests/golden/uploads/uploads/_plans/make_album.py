# Made from uploads.yaml by `generator build`.
"""Calls of POST /albums."""

from .._runtime.plan import Body, Call, Operation, PartEncoding

OPERATION = Operation(id="makeAlbum", method="POST", path="/albums", accept="application/json")

RAW: Call[object] = Call(
	operation=OPERATION,
	bodies=(
		Body(
			media_type="multipart/form-data",
			files=frozenset({"cover", "pictures"}),
			several=frozenset({"pictures"}),
			nullable=frozenset({"year"}),
			encoding={
				"notes": PartEncoding(media_type="text/markdown"),
				"layout": PartEncoding(media_type="application/json", headers=(("X-Layout-Version", "2"),)),
			},
		),
	),
)
