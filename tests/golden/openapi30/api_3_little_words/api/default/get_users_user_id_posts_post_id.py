# By `python -m generator build`.
"""GET /users/{user-id}/posts/{post.id}."""

from typing import TypeAlias

from ..._plans.get_users_user_id_posts_post_id import RAW
from ..._runtime.raw import Response, Successes, parse
from ...client import Api3LittleWords, AsyncApi3LittleWords
from ...models import GetUsersUserIdPostsPostIdResponse200

Answer: TypeAlias = GetUsersUserIdPostsPostIdResponse200

_SUCCESSES: Successes = {"200": {"application/json": GetUsersUserIdPostsPostIdResponse200}}


def sync_detailed(*, client: Api3LittleWords, user_id: int, post_id: int) -> Response[Answer]:
	"""GET /users/{user-id}/posts/{post.id}"""
	return parse(RAW, _SUCCESSES, client.core.send(RAW, {}, parameters={"user-id": user_id, "post.id": post_id}))


def sync(*, client: Api3LittleWords, user_id: int, post_id: int) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(client=client, user_id=user_id, post_id=post_id).parsed


async def asyncio_detailed(*, client: AsyncApi3LittleWords, user_id: int, post_id: int) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(RAW, _SUCCESSES, await client.core.send(RAW, {}, parameters={"user-id": user_id, "post.id": post_id}))


async def asyncio(*, client: AsyncApi3LittleWords, user_id: int, post_id: int) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (await asyncio_detailed(client=client, user_id=user_id, post_id=post_id)).parsed
