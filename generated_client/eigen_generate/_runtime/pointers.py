import json
from collections.abc import Mapping
from copy import copy
from functools import lru_cache
from typing import Any, cast

from .plan import Members
from .unset import UNSET, Unset

_OBJECTS = (dict, Mapping)


@lru_cache(maxsize=256)
def _tokens(pointer: str) -> tuple[str, ...]:
	return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])


def _step(value: object, token: str) -> object | Unset:
	if isinstance(value, _OBJECTS):
		return cast("Members", value).get(token, UNSET)
	if isinstance(value, list) and token.isdecimal():
		items = cast("list[object]", value)
		return items[int(token)] if int(token) < len(items) else UNSET
	return UNSET


def resolve(data: object, pointer: str) -> object | Unset:
	value: object | Unset = data
	for token in _tokens(pointer):
		value = _step(value, token)
		if value is UNSET:
			break
	return value


def first(data: object, pointers: tuple[str, ...]) -> object | Unset:
	for pointer in pointers:
		value = resolve(data, pointer)
		if value is not UNSET and value is not None:
			return value
	return UNSET


def without(data: object, pointer: str) -> object:
	*path, last = _tokens(pointer) or ("",)
	whole = found = copy(data)
	for token in path:
		inner = _step(found, token)
		if inner is UNSET:
			return whole
		outer: Any = found
		outer[int(token) if isinstance(found, list) else token] = found = copy(inner)
	if isinstance(found, dict):
		cast("dict[str, object]", found).pop(last, None)
	return whole


def string_at(data: Mapping[str, object], pointer: str) -> str | None:
	"""The string at a JSON pointer; None if there is none."""
	value = resolve(data, pointer)
	return value if isinstance(value, str) else None


def text_at(data: Mapping[str, object], pointer: str) -> str:
	"""The value at a JSON pointer as text: a string as it is, anything else as JSON.

	For members without which the result was refused: an id that became a number is still an id.
	"""
	value = resolve(data, pointer)
	return value if isinstance(value, str) else json.dumps(value)
