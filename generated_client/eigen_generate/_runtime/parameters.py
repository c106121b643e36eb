from collections.abc import Iterator, Mapping
from typing import cast
from urllib.parse import quote

from .errors import ArgumentError
from .plan import Members, Operation, Parameter
from .scalars import plain, text_of, utf8
from .unset import UNSET


class Target:
	def __init__(self, path: str) -> None:
		self.path = path
		self.query: list[str] = []
		self.headers: dict[str, str] = {}

	@property
	def url(self) -> str:
		return self.path + "?" + "&".join(self.query) if self.query else self.path


def place(operation: Operation, values: Members | None) -> Target:
	target, values = Target(operation.path), values or {}
	if not (operation.parameters or values):
		return target
	known = {parameter.key or parameter.name: parameter for parameter in operation.parameters}
	given = {key: value for key, value in values.items() if value is not None and value is not UNSET}
	for key in values:
		if key not in known:
			raise ArgumentError(f"{key}: {operation.id} has no such parameter")
	for key, value in given.items():
		known[key].put(target, known[key], value)
	for key, parameter in known.items():
		if parameter.required and key not in given:
			raise ArgumentError(f"{key}: {operation.id} cannot do without it")
	return target


def in_query(target: Target, parameter: Parameter, value: object) -> None:
	target.query += _pairs(parameter, value)


def _escape(name: str, value: object) -> str:
	return quote(utf8(name, text_of(name, value)), safe="")


def _members(value: object) -> list[tuple[str, object]] | None:
	if isinstance(value, Mapping):
		return list(cast("Members", value).items())
	if hasattr(value, "to_dict"):
		return list(cast("Members", plain(value)).items())
	return None


def _items(value: object) -> list[object] | None:
	return list(cast("list[object]", value)) if isinstance(value, list | tuple) else None


def _words(parameter: Parameter, value: object, *, quoted: bool) -> list[str]:
	def text(item: object) -> str:
		return _escape(parameter.name, item) if quoted else text_of(parameter.name, item)

	members, items = _members(value), _items(value)
	if members is not None and parameter.explode:
		return [f"{text(key)}={text(item)}" for key, item in members]
	if members is not None:
		return [text(part) for pair in members for part in pair]
	return [text(item) for item in items] if items is not None else [text(value)]


def _pairs(parameter: Parameter, value: object) -> Iterator[str]:
	name = quote(parameter.name, safe="")
	members, items = _members(value), _items(value)
	if members is not None and parameter.explode:
		for key, item in members:
			yield f"{quote(key, safe='')}={_escape(parameter.name, item)}"
	elif items is not None and parameter.explode:
		for item in items:
			yield f"{name}={_escape(parameter.name, item)}"
	else:
		yield f"{name}=" + ",".join(_words(parameter, value, quoted=True))
