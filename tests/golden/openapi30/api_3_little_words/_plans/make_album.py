# By `python -m generator build`.
"""Calls of POST /albums."""

from .._runtime.plan import Body, Call, Operation, PartEncoding

OPERATION = Operation("makeAlbum", method="POST", path="/albums", accept="application/json")

RAW: Call[object] = Call(
	OPERATION,
	bodies=(
		Body(
			"multipart/form-data",
			files=frozenset({"cover", "pictures"}),
			several=frozenset({"pictures"}),
			nullable=frozenset({"year"}),
			encoding={
				"notes": PartEncoding("text/markdown"),
				"layout": PartEncoding("application/json", headers=(("X-Layout-Version", "2"),)),
			},
		),
	),
)
