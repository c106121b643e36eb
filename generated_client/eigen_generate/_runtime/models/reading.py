"""Reads the body of a successful answer as the contract types it, and says what differs from the contract.

A difference that leaves a value is drift: an undocumented status, a missing or another Content-Type, a choice
or a variant that is not known. Only an answer without such a value is an UnexpectedResponseError, which keeps
the whole body.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..contract import Answers, Operation
from ..response import media_types
from ..response.result_parsing import raise_unreadable
from ..response.results import Media, RawResponse
from ..streaming.sse import EventParser
from .codec import DecodeError, decode_leniently
from .objects import decoder_of

# No content, and reset content: such an answer has no body (RFC 9110, 15.3.5 and 15.3.6).
STATUSES_WITHOUT_CONTENT = (204, 205)


class Content(NamedTuple):
    """What a body was read as, and how the answer differs from the contract."""

    value: Any
    drift: tuple[str, ...] = ()


def read_content(operation: Operation, answers: Answers, raw: RawResponse) -> Content:
    """Return what the body of a successful answer holds.

    Raises UnexpectedResponseError if it holds nothing of what the contract defines.
    """
    content = _read_by_status(operation, answers, raw)
    if content.drift and isinstance(content.value, Media):
        meta = raw.meta._replace(drift=(*content.drift, *raw.meta.drift))
        return content._replace(value=_make_media(RawResponse(meta, raw.content)))
    return content


def _read_by_status(operation: Operation, answers: Answers, raw: RawResponse) -> Content:
    if operation.method == "HEAD":  # its answer has no body (RFC 9110, section 9.3.2)
        return Content(None)
    documented_types = types_of_status(answers, raw.status_code)
    is_stated = str(raw.status_code) in answers and raw.status_code not in STATUSES_WITHOUT_CONTENT
    if documented_types and not raw.content and not is_stated:
        return Content(None, (f"the contract does not define the status {raw.status_code} without content",))
    if documented_types is not None:
        return _read_documented(operation.route, documented_types, raw)
    drift = (f"the contract does not define the status {raw.status_code}",)
    all_types = {name: python_type for types in answers.values() for name, python_type in types.items()}
    is_without_content = any(not types for types in answers.values())
    if not raw.content or (is_without_content and not all_types):
        return Content(None, drift)
    content = _read_documented(operation.route, all_types, raw)
    return Content(content.value, (*drift, *content.drift))


def types_of_status(answers: Answers, status_code: int) -> Mapping[str, Any] | None:
    """Return the types that the contract has for a status, by media type; None if it does not define it.

    The most specific entry counts (OpenAPI 3.1, section 4.8.16). Some documents write the range as `2xx`.
    """
    first_digit = status_code // 100
    keys = (str(status_code), f"{first_digit}XX", f"{first_digit}xx", "default")
    return next((answers[key] for key in keys if key in answers), None)


def _read_documented(route: str, documented_types: Mapping[str, Any], raw: RawResponse) -> Content:
    """Return the content by its media type; if the contract does not define that, by what the body is."""
    if not documented_types:
        return Content(None)
    for name, python_type in documented_types.items():
        if media_types.matches(raw.media_type, (media_types.essence(name),)):
            return _read_as(route, name, python_type, raw)
    drift = (
        f"the contract does not define {raw.media_type}"
        if raw.media_type
        else "the response has no Content-Type",
    )
    fitting_name = next((name for name in documented_types if _may_be(raw, name)), None)
    if fitting_name is None:
        raise_unreadable(route, raw, [f"expected {' or '.join(documented_types)}"])
    content = _read_as(route, fitting_name, documented_types[fitting_name], raw)
    return Content(content.value, (*drift, *content.drift))


def _may_be(raw: RawResponse, documented_name: str) -> bool:
    """Tell whether a body of an undocumented media type may be one of a documented type all the same.

    JSON shows itself. Bytes and text do not, so the media type must say nothing, or be of the same kind.
    """
    essence = media_types.essence(documented_name)
    if media_types.is_json(essence):
        return _is_json_text(raw)
    if media_types.is_json(raw.media_type) or media_types.is_html(raw.content[: media_types.MAGIC_LENGTH]):
        return False
    is_same_kind = media_types.kind_of(raw.media_type) == media_types.kind_of(essence)
    return raw.media_type in media_types.UNTYPED or (is_same_kind and not essence.startswith("application/"))


def _is_json_text(raw: RawResponse) -> bool:
    try:
        raw.json()
    except ValueError:
        return False
    return True


def _read_as(route: str, documented_name: str, python_type: Any, raw: RawResponse) -> Content:
    is_json = media_types.is_json(media_types.essence(documented_name))
    if python_type is Media:
        return Content(_make_media(raw))
    if python_type in (str, bytes) and not is_json:
        return Content(raw.text if python_type is str else raw.content)
    is_events = raw.media_type == media_types.EVENT_STREAM
    try:
        data = _events(route, raw) if is_events else raw.json()
        return decode_json(python_type, data)
    except DecodeError as error:
        raise_unreadable(route, raw, [str(error)])
    except ValueError as error:
        raise_unreadable(route, raw, [f"it is not JSON: {error}"])


def _make_media(raw: RawResponse) -> Media:
    media_type = raw.media_type or media_types.OCTET_STREAM
    return Media(content=raw.content, media_type=media_type, data={}, meta=raw.meta)


def decode_json(python_type: Any, data: Any) -> Content:
    """Return JSON as `python_type`; raises DecodeError if even a lenient decoding finds no value."""
    decode = decoder_of(python_type)
    try:
        return Content(decode(data))
    except DecodeError:
        value, drift = decode_leniently(decode, data)
    return Content(value, tuple(map(str, drift)))


def _events(route: str, raw: RawResponse) -> list[Any]:
    """Return the JSON data of each event; raises ValueError if it is not JSON."""
    parser = EventParser()
    texts = [event.data for event in parser.feed(raw.content)]
    if parser.has_incomplete_event:
        raise_unreadable(route, raw, ["its last event is not whole"])
    # Many servers end a stream with this text, which is not JSON.
    return [json.loads(text) for text in texts if text != "[DONE]"]
