"""From a successful answer to the result that the method promises, by its Content-Type.

A reading either gives its result or says why it cannot. The first that can has it; if none can, the
reasons and the whole body go into an UnexpectedResponseError.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any, NamedTuple, NoReturn, TypeVar, cast

from . import media_types
from .errors import UnexpectedResponseError
from .plan import Call, JobReading, MediaReading, Reading, RecordReading, TextReading
from .pointers import first, resolve, without
from .responses import RawResponse
from .unset import UNSET, Unset

R = TypeVar("R")


class _CannotRead(Exception):  # noqa: N818 - never leaves this module
    """Why a reading does not apply; the text is for people."""


class _Answer(NamedTuple):
    """An answer with its JSON, parsed once for all readings; UNSET if it is none."""

    raw: RawResponse
    data: object | Unset
    fields: Mapping[str, object]

    @property
    def members(self) -> Mapping[str, object]:
        return cast("Mapping[str, object]", self.data) if isinstance(self.data, dict) else {}


def unexpected(title: str, raw: RawResponse, reasons: list[str]) -> NoReturn:
    """Raise the error for a success that cannot be read."""
    kind = raw.media_type or "no content type"
    unique = "; ".join(dict.fromkeys(reasons)) or "no way to read it is known"
    raise UnexpectedResponseError(
        f"{title}: {raw.status_code} with {len(raw.content)} bytes of {kind}: {unique}",
        hint="The request may have been billed; `body` and `save(path)` of this error keep the answer",
        status_code=raw.status_code,
        body=raw.content,
        headers=raw.headers,
        attempts=raw.attempts,
        elapsed=raw.elapsed,
        request_id=raw.request_id,
    )


def read(call: Call[R], raw: RawResponse, fields: Mapping[str, object]) -> R:
    """Read `raw` as `call` says; `fields` are the request's arguments.

    Raises UnexpectedResponseError, with the whole body, if it does not hold what it should.
    """
    answer = _Answer(raw, _parse(raw), fields)
    reasons: list[str] = []
    for reading in call.readings:
        try:
            result: R = _read(reading, answer)
        except _CannotRead as reason:
            reasons.append(str(reason))
        else:
            return result
    unexpected(f"{call.operation.method} {call.operation.path}", raw, reasons)


def _parse(raw: RawResponse) -> object | Unset:
    untyped = not raw.media_type and raw.content[:1] in (b"{", b"[", b'"')
    if not (untyped or media_types.is_json(raw.media_type)):
        return UNSET
    try:
        return cast("object", raw.json())
    except ValueError:
        return UNSET


def _read(reading: Reading[Any], answer: _Answer) -> Any:
    if isinstance(reading, MediaReading):
        return _read_media(reading, answer)
    if isinstance(reading, TextReading):
        return _read_text(reading, answer)
    if isinstance(reading, RecordReading):
        return _read_record(reading, answer)
    if isinstance(reading, JobReading):
        return _read_job(reading, answer)
    raise _CannotRead("it is read as a stream only")


def _read_media(reading: MediaReading[Any], answer: _Answer) -> Any:
    if answer.data is not UNSET:
        content, media_type, rest = _from_base64(reading, answer.data)
    else:
        content, rest = answer.raw.content, cast("Mapping[str, object]", {})
        media_type = _body_type(reading, answer.raw)
    return reading.result(content=content, media_type=media_type, data=rest, meta=answer.raw.meta)


def _body_type(reading: MediaReading[Any], raw: RawResponse) -> str:
    """Tell the media type of the body itself; what is sent untyped must look like what is expected."""
    if not raw.content:
        raise _CannotRead("the body is empty")
    if raw.media_type and media_types.matches(raw.media_type, reading.media_types):
        return raw.media_type
    if raw.media_type in ("", media_types.OCTETS, "binary/octet-stream"):
        sniffed = media_types.sniff(raw.content[: media_types.MAGIC_LENGTH])
        if sniffed and media_types.matches(sniffed, reading.media_types):
            return sniffed
    raise _CannotRead(f"expected {' or '.join(reading.media_types)}")


def _from_base64(reading: MediaReading[Any], data: object) -> tuple[bytes, str, Mapping[str, object]]:
    for pointer in reading.base64:
        text = resolve(data, pointer)
        if isinstance(text, str):
            content, declared = decode_base64(text, pointer)
            sniffed = media_types.sniff(content[: media_types.MAGIC_LENGTH])
            rest = cast("Mapping[str, object]", without(data, pointer))
            return content, sniffed or declared or media_types.OCTETS, rest
    names = " or ".join(reading.base64)
    raise _CannotRead(
        f"expected base64 at {names}" if names else f"expected {reading.media_types[0]}, no JSON"
    )


def decode_base64(text: str, pointer: str) -> tuple[bytes, str]:
    """Decode strictly; a `data:` URL's prefix is taken off, and its media type given too."""
    declared = ""
    if text.startswith("data:"):
        prefix, comma, text = text.partition(",")
        declared = media_types.essence(prefix[len("data:") :])
        if not comma or not prefix.endswith(";base64"):
            raise _CannotRead(f"the data URL at {pointer} is not base64")
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _CannotRead(f"the base64 at {pointer} is broken") from None
    if not content:
        raise _CannotRead(f"the base64 at {pointer} is empty")
    return content, declared


def _read_text(reading: TextReading[Any], answer: _Answer) -> Any:
    text = (
        _text_in_json(reading, answer.data) if answer.data is not UNSET else _text_body(reading, answer.raw)
    )
    return reading.result(text=text, data=answer.members, meta=answer.raw.meta)


def _text_in_json(reading: TextReading[Any], data: object) -> str:
    if isinstance(data, str):
        return data
    for pointer in reading.text:
        text = resolve(data, pointer)
        if isinstance(text, str):
            return text
    raise _CannotRead(f"expected a text at {' or '.join(reading.text)}" if reading.text else "expected text")


def _text_body(reading: TextReading[Any], raw: RawResponse) -> str:
    if not media_types.matches(raw.media_type, reading.media_types):
        raise _CannotRead(f"expected {' or '.join(reading.media_types)}")
    charset = media_types.charset(raw.content_type)
    try:
        return raw.content.decode(charset)
    except (UnicodeDecodeError, LookupError):
        raise _CannotRead(f"the text is not {charset}") from None


def _read_record(reading: RecordReading[Any], answer: _Answer) -> Any:
    members = _object(answer)
    for pointer in reading.required:
        if first(members, (pointer,)) is UNSET:
            raise _CannotRead(f"expected a value at {pointer}")
    return reading.result(data=members, meta=answer.raw.meta)


def _read_job(reading: JobReading[Any], answer: _Answer) -> Any:
    members = _object(answer)
    job_id = resolve(members, reading.id)
    if isinstance(job_id, int) and not isinstance(job_id, bool):
        job_id = str(job_id)
    if not isinstance(job_id, str) or not job_id:
        raise _CannotRead(f"expected a job's id at {reading.id}")
    context = {name: answer.fields[name] for name in reading.keep if answer.fields.get(name) is not None}
    return reading.result(id=job_id, data=members, context=context, meta=answer.raw.meta)


def _object(answer: _Answer) -> Mapping[str, object]:
    if isinstance(answer.data, dict):
        return cast("Mapping[str, object]", answer.data)
    raise _CannotRead("expected a JSON object")
