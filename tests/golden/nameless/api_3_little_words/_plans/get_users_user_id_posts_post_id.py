# Built by `python -m generator build` from nameless.yaml: edits are lost.
"""GET /users/{user-id}/posts/{post.id}: what its calls send and read."""

from .._runtime.plan import Body, Call, Operation, Parameter

OPERATION = Operation(
    id="get_users_user_id_posts_post_id",
    method="GET",
    path="/users/{user-id}/posts/{post.id}",
    parameters=(
        Parameter(name="user-id", location="path", style="simple", explode=False),
        Parameter(name="post.id", location="path", style="simple", explode=False),
    ),
    accept="application/json",
)

BODIES: tuple[Body, ...] = ()

RAW: Call[object] = Call(operation=OPERATION, bodies=BODIES)
