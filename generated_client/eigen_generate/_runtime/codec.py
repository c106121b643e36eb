import enum
from collections.abc import Callable, Mapping
from typing import Any, cast

from .errors import ArgumentError
from .unset import UNSET

Decoder = Callable[[Any], Any]

_KINDS: Mapping[type[object], str] = {
	bool: "a boolean",
	str: "a string",
	int: "a number",
	float: "a number",
	list: "a list",
	dict: "an object",
}


class DecodeError(ValueError):
	def __init__(self, problem: str, path: str = "") -> None:
		super().__init__(f"{path or '(the whole value)'}: {problem}")
		self.problem = problem
		self.path = path


def anything(value: Any) -> Any:
	return value


def of_type(*types: type, name: str) -> Decoder:
	def decode(value: Any) -> Any:
		if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
			raise DecodeError(f"expected {name}, not {_kind(value)}")
		return value

	return decode


string = of_type(str, name="a string")
number = of_type(int, float, name="a number")
boolean = of_type(bool, name="a boolean")
null = of_type(type(None), name="null")


def integer(value: Any) -> Any:
	if isinstance(value, float) and value.is_integer():
		return int(value)
	if not isinstance(value, int) or isinstance(value, bool):
		raise DecodeError(f"expected an integer, not {_kind(value)}")
	return value


def literal(*allowed: Any) -> Decoder:
	def decode(value: Any) -> Any:
		for candidate in allowed:
			if value == candidate and isinstance(value, bool) == isinstance(candidate, bool):
				return candidate
		raise DecodeError(f"expected {' or '.join(map(repr, allowed))}, not {value!r}"[:200])

	return decode


def model(cls: Any) -> Decoder:
	def decode(value: Any) -> Any:
		if not isinstance(value, Mapping):
			raise DecodeError(f"expected an object, not {_kind(value)}")
		return cls.from_dict(value)

	return decode


def array(item: Decoder) -> Decoder:
	def decode(value: Any) -> Any:
		if not isinstance(value, list):
			raise DecodeError(f"expected a list, not {_kind(value)}")
		elements = cast("list[object]", value)
		return [at(str(index), item, element) for index, element in enumerate(elements)]

	return decode


def one_of(*decoders: Decoder) -> Decoder:
	def decode(value: Any) -> Any:
		problems: list[str] = []
		for candidate in decoders:
			try:
				return candidate(value)
			except DecodeError as error:
				problems.append(str(error) if error.path else error.problem)
		raise DecodeError("; ".join(dict.fromkeys(problems)))

	return decode


def parsed(kind: Any) -> Decoder:
	parse = getattr(kind, "fromisoformat", kind)

	def decode(value: Any) -> Any:
		try:
			return parse(string(value))
		except DecodeError:
			raise
		except ValueError:
			raise DecodeError(f"expected a {kind.__name__}, not {value!r}"[:200]) from None

	return decode


def to_json(value: Any) -> Any:
	if isinstance(value, enum.Enum):
		return value.value
	if isinstance(value, Mapping):
		held = cast("Mapping[str, Any]", value)
		return {name: to_json(item) for name, item in held.items() if item is not UNSET}
	if isinstance(value, list):
		return [to_json(item) for item in cast("list[object]", value)]
	if hasattr(value, "isoformat"):
		return value.isoformat()
	if hasattr(value, "urn"):
		return str(value)
	return value.to_dict() if hasattr(value, "to_dict") else value


def at(name: str, decoder: Decoder, value: Any) -> Any:
	try:
		return decoder(value)
	except DecodeError as error:
		token = name.replace("~", "~0").replace("/", "~1")
		raise DecodeError(error.problem, f"/{token}{error.path}") from None


def _kind(value: Any) -> str:
	if value is None:
		return "null"
	kind = cast("type[object]", type(value))
	return _KINDS.get(kind, kind.__name__)


def members(body: Any) -> dict[str, Any]:
	if body is UNSET:
		return whole(body)
	plain: object = to_json(body)
	if isinstance(plain, dict):
		return cast("dict[str, Any]", plain)
	raise ArgumentError(f"body: expected a model or a mapping, not {_kind(plain)}")


def whole(body: Any) -> dict[str, Any]:
	return {"body": to_json(body)}
