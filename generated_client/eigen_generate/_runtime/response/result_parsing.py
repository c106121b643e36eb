"""From a successful answer to the result that the method promises, by its Content-Type.

A reading either gives its result or says why it cannot. The first that can has it; if none can, the
reasons and the whole body go into an UnexpectedResponseError. What differs from the contract and does no
harm to the result becomes `meta.drift`.
"""

from binascii import a2b_base64
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, NoReturn, TypeVar, cast

from ..contract import (
    Call,
    Fields,
    JobReading,
    MediaReading,
    Property,
    RecordReading,
    StreamReading,
    TextReading,
)
from ..meta import Meta
from ..unset import UNSET, Unset
from . import media_types
from .json_pointer import first, resolve, without
from .results import KEPT_HINT, RawResponse, raise_unexpected

R = TypeVar("R")

_KINDS: Mapping[type, str] = {str: "string", bool: "boolean", int: "number", float: "number"}


# Why a reading does not apply; the text is for people.
class _CannotRead(Exception):  # noqa: N818 - never leaves this module
    pass


class _Answer(NamedTuple):
    """An answer with its JSON, parsed once for all readings; UNSET if it is none."""

    raw: RawResponse
    data: object | Unset
    fields: Fields
    documented: tuple[str, ...]
    drift: list[str]

    @property
    def properties(self) -> Fields:
        return cast("Fields", self.data) if isinstance(self.data, dict) else {}

    def meta(self, properties: tuple[Property, ...]) -> Meta:
        """Describe the answer, with all that drifted."""
        meta, media_type = self.raw.meta, self.raw.media_type
        drift = [*self.drift, *(_drift_of(self.data, property_) for property_ in properties)]
        if not media_type:
            drift.append("the answer has no Content-Type")
        elif "*/*" not in self.documented and not media_types.matches(media_type, self.documented):
            drift.append(f"the contract knows no {media_type}")
        found = tuple(filter(None, drift))
        return meta._replace(drift=found) if found else meta


def _drift_of(data: object, property_: Property) -> str:
    """Say how a property differs from its type; empty if it does not, or is not there."""
    value = UNSET if data is UNSET else resolve(data, property_.pointer)
    if value is UNSET or value is None:
        return ""
    kind = _KINDS.get(type(value), "array" if isinstance(value, list) else "object")
    return (
        ""
        if kind == property_.type
        else f"{property_.pointer}: expected a {property_.type}, not {_article(kind)}"
    )


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'ao' else 'a'} {kind}"


def raise_unreadable(title: str, raw: RawResponse, reasons: list[str]) -> NoReturn:
    """Raise the error for a success that none of its readings fits; it keeps the whole body."""
    kind = raw.media_type or "no content type"
    unique = "; ".join(dict.fromkeys(reasons)) or "no way to read it is known"
    raise_unexpected(
        raw.meta,
        f"{title}: {raw.status_code} with {len(raw.content)} bytes of {kind}: {unique}",
        raw.content,
        KEPT_HINT,
    )


def parse_result(call: Call[R], raw: RawResponse, fields: Fields) -> R:
    """Read `raw` as `call` says; `fields` are the request's arguments.

    Raises UnexpectedResponseError, with the whole body, if it does not hold what it should.
    """
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
    raise_unreadable(call.operation.route, raw, reasons)


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
        content, rest = answer.raw.content, cast("Fields", {})
        media_type = _body_type(reading, answer)
    meta = answer.meta(reading.properties)
    return reading.result(content=content, media_type=media_type, data=rest, meta=meta)


def _body_type(reading: MediaReading[Any], answer: _Answer) -> str:
    """Tell the media type of the body itself; what is sent untyped must look like what is expected."""
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
    """Give the media type that `head` shows, or the declared one; another kind of thing is no result."""
    other = media_types.contradiction(head, declared)
    if other is not None:
        raise _CannotRead(f"what is called {declared} is {other}")
    sniffed = media_types.sniff(head)
    if sniffed is None or media_types.suffix(sniffed) == media_types.suffix(declared):
        return declared
    if sniffed.partition("/")[0] != declared.partition("/")[0]:
        return declared  # a container: its first bytes do not tell sound from film
    drift.append(f"what is called {declared} is {sniffed}")
    return sniffed


def _from_base64(reading: MediaReading[Any], answer: _Answer) -> tuple[bytes, str, Fields]:
    """Take the first pointer that holds what is expected, and say of all what is wrong if none does."""
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
                return content, media_type, cast("Fields", without(answer.data, pointer))
    names = " or ".join(reading.base64)
    raise _CannotRead(
        "; ".join(reasons)
        or (f"expected base64 at {names}" if names else f"expected {reading.media_types[0]}, no JSON")
    )


def _decode(reading: MediaReading[Any], text: str) -> tuple[bytes, str, list[str]]:
    """Decode base64 or a `data:` URL: the content, its media type, and what is odd about it."""
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
    """Decode, and tell whether the text was as RFC 4648, section 4 has it; raises ValueError if broken.

    White space, the URL-safe alphabet and a lack of padding leave no doubt about the bytes.
    """
    try:
        return a2b_base64(text, strict_mode=True), True
    except ValueError:
        text = "".join(text.split()).rstrip("=").translate(_URL_SAFE)
        return a2b_base64(text + "=" * (-len(text) % 4), strict_mode=True), False


def _read_text(reading: TextReading[Any], answer: _Answer) -> Any:
    text = _text_in_json(reading, answer.data) if answer.data is not UNSET else _text_body(reading, answer)
    return reading.result(text=text, data=answer.properties, meta=answer.meta(reading.properties))


def _text_in_json(reading: TextReading[Any], data: object) -> str:
    if isinstance(data, str):
        return data
    for pointer in reading.text:
        text = resolve(data, pointer)
        if isinstance(text, str):
            return text
    raise _CannotRead(f"expected a text at {' or '.join(reading.text)}" if reading.text else "expected text")


def is_text(reading: TextReading[Any], media_type: str) -> bool:
    """Tell whether a body is a text: of what kind is all the same, but for a page and for events."""
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
        except (ValueError, LookupError):  # codecs are not all of text, or of sense
            continue
        if charset != declared:
            answer.drift.append(f"the text is not {declared}; read as UTF-8")
        return text
    raise _CannotRead(f"the text is not {declared}")


def _read_record(reading: RecordReading[Any], answer: _Answer) -> Any:
    data = _object(answer)
    for pointer in reading.required:
        if first(data, (pointer,)) is UNSET:
            raise _CannotRead(f"expected a value at {pointer}")
    return reading.result(data=data, meta=answer.meta(reading.properties))


def _read_job(reading: JobReading[Any], answer: _Answer) -> Any:
    data = _object(answer)
    job_id = resolve(data, reading.id)
    if isinstance(job_id, int) and not isinstance(job_id, bool):
        job_id = str(job_id)
    if not isinstance(job_id, str) or not job_id:
        raise _CannotRead(f"expected a job's id at {reading.id}")
    context = {name: answer.fields[name] for name in reading.keep if answer.fields.get(name) is not None}
    return reading.result(id=job_id, data=data, context=context, meta=answer.meta(reading.properties))


def _object(answer: _Answer) -> Fields:
    if isinstance(answer.data, dict):
        return cast("Fields", answer.data)
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
