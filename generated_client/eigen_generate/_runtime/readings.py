from binascii import a2b_base64
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, NoReturn, TypeVar, cast

from . import media_types
from .plan import Call, JobReading, MediaReading, Member, Members, RecordReading, StreamReading, TextReading
from .pointers import first, resolve, without
from .results import KEPT_HINT, Meta, RawResponse, unexpected
from .unset import UNSET, Unset

R = TypeVar("R")

_KINDS: Mapping[type, str] = {str: "string", bool: "boolean", int: "number", float: "number"}


class _CannotRead(Exception):
	pass


class _Answer(NamedTuple):
	raw: RawResponse
	data: object | Unset
	fields: Members
	documented: tuple[str, ...]
	drift: list[str]

	@property
	def members(self) -> Members:
		return cast("Members", self.data) if isinstance(self.data, dict) else {}

	def meta(self, members: tuple[Member, ...]) -> Meta:
		meta, media_type = self.raw.meta, self.raw.media_type
		drift = [*self.drift, *(_drift_of(self.data, member) for member in members)]
		if not media_type:
			drift.append("the answer has no Content-Type")
		elif "*/*" not in self.documented and not media_types.matches(media_type, self.documented):
			drift.append(f"the contract knows no {media_type}")
		found = tuple(filter(None, drift))
		return meta._replace(drift=found) if found else meta


def _drift_of(data: object, member: Member) -> str:
	value = UNSET if data is UNSET else resolve(data, member.pointer)
	if value is UNSET or value is None:
		return ""
	kind = _KINDS.get(type(value), "array" if isinstance(value, list) else "object")
	return "" if kind == member.type else f"{member.pointer}: expected a {member.type}, not {_article(kind)}"


def _article(kind: str) -> str:
	return f"{'an' if kind[0] in 'ao' else 'a'} {kind}"


def refuse(title: str, raw: RawResponse, reasons: list[str]) -> NoReturn:
	kind = raw.media_type or "no content type"
	unique = "; ".join(dict.fromkeys(reasons)) or "no way to read it is known"
	unexpected(
		raw.meta,
		f"{title}: {raw.status_code} with {len(raw.content)} bytes of {kind}: {unique}",
		raw.content,
		KEPT_HINT,
	)


def read(call: Call[R], raw: RawResponse, fields: Members) -> R:
	answer = _Answer(raw, _parse(raw), fields, _documented(call.operation.accept), [])
	reasons: list[str] = []
	for reading in call.readings:
		try:
			result: R = _READERS[type(reading)](reading, answer)
		except _CannotRead as reason:
			reasons.append(str(reason))
			answer.drift.clear()
		else:
			return result
	refuse(call.operation.route, raw, reasons)


@lru_cache(maxsize=64)
def _documented(accept: str) -> tuple[str, ...]:
	return tuple(map(media_types.essence, accept.split(",")))


def _parse(raw: RawResponse) -> object | Unset:
	untyped = not raw.media_type and raw.content[:1] in (b"{", b"[", b'"')
	if not (untyped or media_types.is_json(raw.media_type)):
		return UNSET
	try:
		return cast("object", raw.json())
	except ValueError:
		return UNSET


def _read_media(reading: MediaReading[Any], answer: _Answer) -> Any:
	if answer.data is not UNSET:
		content, media_type, rest = _from_base64(reading, answer)
	else:
		content, rest = answer.raw.content, cast("Members", {})
		media_type = _body_type(reading, answer)
	meta = answer.meta(reading.members)
	return reading.result(content=content, media_type=media_type, data=rest, meta=meta)


def _body_type(reading: MediaReading[Any], answer: _Answer) -> str:
	raw = answer.raw
	if not raw.content:
		raise _CannotRead("the body is empty")
	head = raw.content[: media_types.MAGIC_LENGTH]
	if raw.media_type and media_types.matches(raw.media_type, reading.media_types):
		return _checked(head, raw.media_type, answer.drift)
	if raw.media_type in media_types.UNTYPED:
		sniffed = media_types.sniff(head)
		if sniffed and media_types.matches(sniffed, reading.media_types):
			return sniffed
	raise _CannotRead(f"expected {' or '.join(reading.media_types)}")


def _checked(head: bytes, declared: str, drift: list[str]) -> str:
	other = media_types.contradiction(head, declared)
	if other is not None:
		raise _CannotRead(f"what is called {declared} is {other}")
	sniffed = media_types.sniff(head)
	if sniffed is None or media_types.suffix(sniffed) == media_types.suffix(declared):
		return declared
	if sniffed.partition("/")[0] != declared.partition("/")[0]:
		return declared
	drift.append(f"what is called {declared} is {sniffed}")
	return sniffed


def _from_base64(reading: MediaReading[Any], answer: _Answer) -> tuple[bytes, str, Members]:
	reasons: list[str] = []
	for pointer in reading.base64:
		text = resolve(answer.data, pointer)
		if isinstance(text, str):
			try:
				content, media_type, drift = _decode(reading, text)
			except _CannotRead as reason:
				reasons.append(f"the base64 at {pointer} {reason}")
			else:
				answer.drift.extend(f"{pointer}: {odd}" for odd in drift)
				return content, media_type, cast("Members", without(answer.data, pointer))
	names = " or ".join(reading.base64)
	raise _CannotRead(
		"; ".join(reasons)
		or (f"expected base64 at {names}" if names else f"expected {reading.media_types[0]}, no JSON")
	)


def _decode(reading: MediaReading[Any], text: str) -> tuple[bytes, str, list[str]]:
	declared = ""
	if text.startswith("data:"):
		prefix, comma, text = text.partition(",")
		declared = media_types.essence(prefix[len("data:") :])
		if not comma or not prefix.endswith(";base64"):
			raise _CannotRead("is a data URL of another kind")
	try:
		content, strict = decode_base64(text)
	except ValueError:
		raise _CannotRead("is broken") from None
	if not content:
		raise _CannotRead("is empty")
	sniffed = media_types.sniff(content[: media_types.MAGIC_LENGTH])
	if sniffed and not media_types.matches(sniffed, reading.media_types):
		raise _CannotRead(f"holds {sniffed}")
	drift = [] if strict else ["base64 that is wrapped, unpadded or URL-safe"]
	drift += [] if sniffed else ["of no kind that is known"]
	return content, sniffed or declared or media_types.OCTETS, drift


_URL_SAFE = str.maketrans("-_", "+/")


def decode_base64(text: str) -> tuple[bytes, bool]:
	try:
		return a2b_base64(text, strict_mode=True), True
	except ValueError:
		text = "".join(text.split()).rstrip("=").translate(_URL_SAFE)
		return a2b_base64(text + "=" * (-len(text) % 4), strict_mode=True), False


def _read_text(reading: TextReading[Any], answer: _Answer) -> Any:
	text = _text_in_json(reading, answer.data) if answer.data is not UNSET else _text_body(reading, answer)
	return reading.result(text=text, data=answer.members, meta=answer.meta(reading.members))


def _text_in_json(reading: TextReading[Any], data: object) -> str:
	if isinstance(data, str):
		return data
	for pointer in reading.text:
		text = resolve(data, pointer)
		if isinstance(text, str):
			return text
	raise _CannotRead(f"expected a text at {' or '.join(reading.text)}" if reading.text else "expected text")


def is_text(reading: TextReading[Any], media_type: str) -> bool:
	known = ("text/*", *reading.media_types)
	return media_type != media_types.EVENTS and media_types.matches(media_type, known)


def _text_body(reading: TextReading[Any], answer: _Answer) -> str:
	raw = answer.raw
	if not is_text(reading, raw.media_type):
		raise _CannotRead(f"expected {' or '.join(reading.media_types)}")
	if media_types.is_page(raw.content[: media_types.MAGIC_LENGTH]):
		answer.drift.append("the text is a web page")
	declared = media_types.charset(raw.content_type)
	for charset in (declared, "utf-8"):
		try:
			text = raw.content.decode(charset)
		except (ValueError, LookupError):
			continue
		if charset != declared:
			answer.drift.append(f"the text is not {declared}; read as UTF-8")
		return text
	raise _CannotRead(f"the text is not {declared}")


def _read_record(reading: RecordReading[Any], answer: _Answer) -> Any:
	members = _object(answer)
	for pointer in reading.required:
		if first(members, (pointer,)) is UNSET:
			raise _CannotRead(f"expected a value at {pointer}")
	return reading.result(data=members, meta=answer.meta(reading.members))


def _read_job(reading: JobReading[Any], answer: _Answer) -> Any:
	members = _object(answer)
	job_id = resolve(members, reading.id)
	if isinstance(job_id, int) and not isinstance(job_id, bool):
		job_id = str(job_id)
	if not isinstance(job_id, str) or not job_id:
		raise _CannotRead(f"expected a job's id at {reading.id}")
	context = {name: answer.fields[name] for name in reading.keep if answer.fields.get(name) is not None}
	return reading.result(id=job_id, data=members, context=context, meta=answer.meta(reading.members))


def _object(answer: _Answer) -> Members:
	if isinstance(answer.data, dict):
		return cast("Members", answer.data)
	raise _CannotRead("expected a JSON object")


def _read_nothing(_reading: StreamReading[Any], _answer: _Answer) -> Any:
	raise _CannotRead("it is read as a stream only")


_READERS: Mapping[type, Callable[[Any, _Answer], Any]] = {
	MediaReading: _read_media,
	TextReading: _read_text,
	RecordReading: _read_record,
	JobReading: _read_job,
	StreamReading: _read_nothing,
}
