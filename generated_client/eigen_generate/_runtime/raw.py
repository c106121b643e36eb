import json
from collections.abc import Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from . import media_types
from .codec import DecodeError
from .plan import Call
from .readings import refuse
from .results import RawResponse

T_co = TypeVar("T_co", covariant=True)


class Response(NamedTuple, Generic[T_co]):
	"""A successful answer: `content` as it came, `parsed` as the contract types it.

	`headers` are by lower-case name.
	"""

	status_code: int
	headers: Mapping[str, str]
	content: bytes
	parsed: T_co


Successes = Mapping[str, Mapping[str, Any]]


def parse(call: Call[Any], known: Successes, raw: RawResponse) -> Response[Any]:
	return Response(raw.status_code, raw.headers, raw.content, _parse(call.operation.route, known, raw))


def _parse(title: str, known: Successes, raw: RawResponse) -> Any:
	status, family = str(raw.status_code), raw.status_code // 100
	told = next((one for one in (status, f"{family}XX", f"{family}xx", "default") if one in known), None)
	if told is None:
		refuse(title, raw, [f"the contract knows no status {status}"])
	if not known[told]:
		return None
	for media_type, kind in known[told].items():
		plain = media_types.essence(media_type)
		if media_types.matches(raw.media_type, (plain,)):
			if kind in (str, bytes) and not media_types.is_json(plain):
				return raw.text if kind is str else raw.content
			return _read_json(title, raw, kind)
	refuse(title, raw, [f"expected {' or '.join(known[told])}"])
	return None


def _read_json(title: str, raw: RawResponse, kind: object) -> Any:
	from .objects import decoder_of

	try:
		return decoder_of(kind)(_events(title, raw) if raw.media_type == media_types.EVENTS else raw.json())
	except DecodeError as error:
		refuse(title, raw, [str(error)])
	except ValueError as error:
		refuse(title, raw, [f"it is not JSON: {error}"])


def _events(title: str, raw: RawResponse) -> list[Any]:
	from .sse import Parser

	parser = Parser()
	data = [event.data for event in parser.feed(raw.content)]
	if parser.unfinished:
		refuse(title, raw, ["its last event is not whole"])
	return [json.loads(text) for text in data if text != "[DONE]"]
