from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

from .errors import ArgumentError
from .media_types import essence, is_json
from .plan import Body, Call, Members, Need
from .request import Payload
from .scalars import json_bytes, json_text
from .unset import UNSET

_MULTIPART = "multipart/form-data"
_FORM = "application/x-www-form-urlencoded"
_WHOLE = "body"


def settle_body(
	call: Call[Any], fields: Members, extra: Members | None, media_type: str | None
) -> tuple[Body, dict[str, object]] | None:
	present = {name: value for name, value in fields.items() if value is not None and value is not UNSET}
	more = _extra(present, extra)
	if not call.bodies:
		if present or more:
			raise ArgumentError(f"{next(iter(present | more))}: {call.title} takes no body")
		return None
	body = _named(call, media_type) if media_type else choose_body(call, present, more)
	if body.nullable or not call.name:
		for name, value in fields.items():
			if value is None and (name in body.nullable or not call.name):
				present[name] = None
	if fields.get(_WHOLE) is UNSET and len(fields) == 1 and (body.whole or not call.name):
		return None
	present.update(more)
	return body, present


def _extra(fields: Members, extra: Members | None) -> dict[str, object]:
	if extra is None:
		return {}
	_check_names(extra)
	for name in extra:
		if name in fields:
			raise ArgumentError(f"extra: {name!r} is given twice, as an argument and in extra")
	return {name: value for name, value in extra.items() if value is not UNSET}


def _check_names(extra: object) -> None:
	if not isinstance(extra, Mapping):
		raise ArgumentError(f"extra: a {type(extra).__name__} is not a mapping of names to values")
	for name in cast("Mapping[object, object]", extra):
		if not isinstance(name, str):
			raise ArgumentError(f"extra: the name {name!r} is not a str")


def _named(call: Call[Any], media_type: str) -> Body:
	for body in call.bodies:
		if essence(body.media_type) == essence(media_type):
			return body
	known = ", ".join(body.media_type for body in call.bodies)
	raise ArgumentError(f"media_type: {call.title} takes {known}, not {media_type}")


def choose_body(call: Call[Any], fields: Members, extra: Members) -> Body:
	file = _first_file(call, fields, extra)
	if file is not None:
		for body in call.bodies:
			kind = essence(body.media_type)
			if kind == _MULTIPART or not (kind == _FORM or is_json(kind)):
				return body
		raise ArgumentError(f"{file}: {call.title} takes no file")
	whole = (body for body in call.bodies if not body.lacks & fields.keys())
	return next(whole, call.bodies[0])


def _first_file(call: Call[Any], fields: Members, extra: Members) -> str | None:
	for body in call.bodies:
		if not body.files.isdisjoint(fields):
			return next(name for name in body.files if name in fields)
	for name, value in extra.items():
		if _holds_file(value) or any(name in body.files for body in call.bodies):
			return name
	return None


def _holds_file(value: object) -> bool:
	from .files import is_file

	items: list[object] = [value]
	if isinstance(value, list | tuple):
		items += cast("list[object]", value)
	return any(map(is_file, items))


def encode(body: Body, values: dict[str, object]) -> Payload:
	if body.encode is not None:
		encoded: Payload = body.encode(body, values)
		return encoded
	if not is_json(essence(body.media_type)):
		return _form_encoder()(body, values)
	whole = body.whole and values.keys() == {_WHOLE}
	data = json_text(_WHOLE, values[_WHOLE]).encode() if whole else json_bytes(values)
	return Payload(body.media_type, (data,), len(data))


@cache
def _form_encoder() -> Callable[[Body, Members], Payload]:
	from .multipart import encode_multipart

	return encode_multipart


def check_needs(call: Call[Any], fields: Members, extra: Members | None) -> None:
	for name in call.required:
		if not extra and not _are_given(fields, (name,)):
			raise ArgumentError(f"{name}: {call.title} needs it")
	for need in call.needs:
		met = [choice for choice in need.choices if _are_given(fields, choice)]
		if need.required and not met and not extra:
			raise ArgumentError(f"{_joined(need.choices[0])}: {call.title} needs {_words(need)}")
		if need.exclusive and len(met) > 1:
			raise ArgumentError(f"{_joined(met[1])}: {_joined(met[0])} is given too; {call.title} takes {_words(need)}")


def _are_given(fields: Members, names: tuple[str, ...]) -> bool:
	for name in names:
		value = fields.get(name)
		if value is None or value is UNSET:
			return False
	return True


def _joined(choice: tuple[str, ...]) -> str:
	return " with ".join(choice)


def _words(need: Need) -> str:
	names = ", ".join(map(_joined, need.choices))
	if len(need.choices) == 1:
		return names
	return f"{'exactly' if need.exclusive else 'at least'} one of {names}"
