# Made from nameless.yaml by `generator build`.
"""Calls of GET /users/{user-id}/posts/{post.id}."""

from .._runtime.parameters import in_path
from .._runtime.plan import Call, Operation, Parameter

OPERATION = Operation(
	id="get_users_user_id_posts_post_id",
	method="GET",
	path="/users/{user-id}/posts/{post.id}",
	parameters=(
		Parameter(name="user-id", put=in_path, style="simple", explode=False, required=True),
		Parameter(name="post.id", put=in_path, style="simple", explode=False, required=True),
	),
	accept="application/json",
)

RAW: Call[object] = Call(operation=OPERATION)
