# By `python -m generator build`.
"""Calls of GET /users/{user-id}/posts/{post.id}."""

from .._runtime.parameters import in_path
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	"get_users_user_id_posts_post_id",
	method="GET",
	path="/users/{user-id}/posts/{post.id}",
	parameters=(
		Parameter("user-id", put=in_path, style="simple", explode=False, required=True),
		Parameter("post.id", put=in_path, style="simple", explode=False, required=True),
	),
	accept="application/json",
)

RAW: Call[object] = Call(OPERATION)
