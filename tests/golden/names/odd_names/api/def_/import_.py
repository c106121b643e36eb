# By `python -m generator build`.
"""POST /{class}/{self}."""

from typing import TypeAlias

from ..._plans.import_ import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Successes, parse
from ...client import AsyncOddNames, OddNames
from ...models import Thing
from ...types import UNSET, Unset

Body: TypeAlias = Thing
Answer: TypeAlias = Thing

_SUCCESSES: Successes = {"200": {"application/json": Thing}}


def sync_detailed(
	*,
	client: OddNames,
	body: Body,
	class_: str,
	self_: str,
	client_: str | Unset = UNSET,
	body_: str | Unset = UNSET,
	media_type_: str | Unset = UNSET,
	timeout: str | Unset = UNSET,
	extra: str | Unset = UNSET,
	id: str | Unset = UNSET,
	abc_d: str | Unset = UNSET,
) -> Response[Answer]:
	"""Import \"\"\"; exit(1) \\

    {{ 7 * 7 }} {% raw %} \\N{BULLET} \\x41 \"\"\\"
    """
	return parse(
		RAW,
		_SUCCESSES,
		client.core.send(
			RAW,
			_codec.members(body),
			parameters={
				"class": class_,
				"self": self_,
				"client": client_,
				"body": body_,
				"media_type": media_type_,
				"timeout": timeout,
				"extra": extra,
				"id": id,
				"a\"b'c\\d": abc_d,
			},
		),
	)


def sync(
	*,
	client: OddNames,
	body: Body,
	class_: str,
	self_: str,
	client_: str | Unset = UNSET,
	body_: str | Unset = UNSET,
	media_type_: str | Unset = UNSET,
	timeout: str | Unset = UNSET,
	extra: str | Unset = UNSET,
	id: str | Unset = UNSET,
	abc_d: str | Unset = UNSET,
) -> Answer:
	"""What `sync_detailed` parsed."""
	return sync_detailed(
		client=client,
		body=body,
		class_=class_,
		self_=self_,
		client_=client_,
		body_=body_,
		media_type_=media_type_,
		timeout=timeout,
		extra=extra,
		id=id,
		abc_d=abc_d,
	).parsed


async def asyncio_detailed(
	*,
	client: AsyncOddNames,
	body: Body,
	class_: str,
	self_: str,
	client_: str | Unset = UNSET,
	body_: str | Unset = UNSET,
	media_type_: str | Unset = UNSET,
	timeout: str | Unset = UNSET,
	extra: str | Unset = UNSET,
	id: str | Unset = UNSET,
	abc_d: str | Unset = UNSET,
) -> Response[Answer]:
	"""`sync_detailed` under asyncio."""
	return parse(
		RAW,
		_SUCCESSES,
		await client.core.send(
			RAW,
			_codec.members(body),
			parameters={
				"class": class_,
				"self": self_,
				"client": client_,
				"body": body_,
				"media_type": media_type_,
				"timeout": timeout,
				"extra": extra,
				"id": id,
				"a\"b'c\\d": abc_d,
			},
		),
	)


async def asyncio(
	*,
	client: AsyncOddNames,
	body: Body,
	class_: str,
	self_: str,
	client_: str | Unset = UNSET,
	body_: str | Unset = UNSET,
	media_type_: str | Unset = UNSET,
	timeout: str | Unset = UNSET,
	extra: str | Unset = UNSET,
	id: str | Unset = UNSET,
	abc_d: str | Unset = UNSET,
) -> Answer:
	"""What `asyncio_detailed` parsed."""
	return (
		await asyncio_detailed(
			client=client,
			body=body,
			class_=class_,
			self_=self_,
			client_=client_,
			body_=body_,
			media_type_=media_type_,
			timeout=timeout,
			extra=extra,
			id=id,
			abc_d=abc_d,
		)
	).parsed
