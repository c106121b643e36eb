"""Read a successful response as bytes: the body itself, or base64 inside its JSON."""

from binascii import a2b_base64
from typing import Any, NamedTuple, cast

from ..contract import Fields, MediaReading
from ..unset import UNSET
from . import media_types
from .json_pointer import copy_without, resolve
from .parsed_response import CannotRead, ParsedResponse


def read_media(reading: MediaReading[Any], response: ParsedResponse) -> Any:
    """Return the result of `reading`; raises CannotRead if the response holds no such bytes."""
    if response.data is not UNSET:
        content, media_type, data = _content_from_json(reading, response)
    else:
        content, data = response.raw.content, cast("Fields", {})
        media_type = _type_of_body(reading, response)
    meta = response.meta(reading.properties)
    return reading.result(content=content, media_type=media_type, data=data, meta=meta)


def _type_of_body(reading: MediaReading[Any], response: ParsedResponse) -> str:
    """Return the media type of the body itself; a body without a type must look like one that is expected."""
    raw = response.raw
    if not raw.content:
        raise CannotRead("the body is empty")
    head = raw.content[: media_types.MAGIC_LENGTH]
    if raw.media_type and media_types.matches(raw.media_type, reading.media_types):
        return _check_declared_type(head, raw.media_type, response.drift)
    if raw.media_type in media_types.UNTYPED:
        sniffed_type = media_types.sniff(head)
        if sniffed_type and media_types.matches(sniffed_type, reading.media_types):
            return sniffed_type
    raise CannotRead(f"expected {' or '.join(reading.media_types)}")


def _check_declared_type(head: bytes, declared_type: str, drift: list[str]) -> str:
    """Return the media type that `head` shows, else the declared one.

    Another format of the same kind is added to `drift`. Raises CannotRead for another kind of content.
    """
    contradicting_type = media_types.contradicting_type(head, declared_type)
    if contradicting_type is not None:
        raise CannotRead(f"the content of type {declared_type} is {contradicting_type}")
    sniffed_type = media_types.sniff(head)
    if sniffed_type is None:
        return declared_type
    if media_types.usual_suffix(sniffed_type) == media_types.usual_suffix(declared_type):
        return declared_type
    if media_types.kind_of(sniffed_type) != media_types.kind_of(declared_type):
        return declared_type  # a container, whose first bytes do not tell audio from video
    drift.append(f"the content of type {declared_type} is {sniffed_type}")
    return sniffed_type


def _content_from_json(reading: MediaReading[Any], response: ParsedResponse) -> tuple[bytes, str, Fields]:
    """Return content, media type and the rest of the JSON, from the first pointer that holds such media.

    Raises CannotRead, which says for each pointer what is wrong.
    """
    problems: list[str] = []
    for pointer in reading.base64:
        text = resolve(response.data, pointer)
        if isinstance(text, str):
            try:
                media = _decode_media(reading, text)
            except CannotRead as error:
                problems.append(f"the base64 at {pointer} {error}")
            else:
                response.drift.extend(f"{pointer}: {drift}" for drift in media.drift)
                return media.content, media.media_type, cast("Fields", copy_without(response.data, pointer))
    if problems:
        raise CannotRead("; ".join(problems))
    if reading.base64:
        raise CannotRead(f"expected base64 at {' or '.join(reading.base64)}")
    raise CannotRead(f"expected {reading.media_types[0]}, no JSON")


class _DecodedMedia(NamedTuple):
    """Content that came as base64, its media type, and how its form differs from the usual one."""

    content: bytes
    media_type: str
    drift: list[str]


def _decode_media(reading: MediaReading[Any], text: str) -> _DecodedMedia:
    """Decode base64, or a `data:` URL (RFC 2397) that holds it; raises CannotRead for other content."""
    declared_type = ""
    if text.startswith("data:"):
        prefix, comma, text = text.partition(",")
        declared_type = media_types.essence(prefix[len("data:") :])
        if not comma or not prefix.endswith(";base64"):
            raise CannotRead("is a data URL without base64")
    try:
        content, is_strict = decode_base64(text)
    except ValueError:
        raise CannotRead("is broken") from None
    if not content:
        raise CannotRead("is empty")
    sniffed_type = media_types.sniff(content[: media_types.MAGIC_LENGTH])
    if sniffed_type and not media_types.matches(sniffed_type, reading.media_types):
        raise CannotRead(f"holds {sniffed_type}")
    drift = [] if is_strict else ["base64 that is wrapped, unpadded or URL-safe"]
    drift += [] if sniffed_type else ["base64 of an unknown file format"]
    return _DecodedMedia(content, sniffed_type or declared_type or media_types.OCTET_STREAM, drift)


_URL_SAFE_ALPHABET = str.maketrans("-_", "+/")


def decode_base64(text: str) -> tuple[bytes, bool]:
    """Return the decoded bytes, and whether the text is strictly as in RFC 4648, section 4.

    Otherwise it may contain white space, use the URL-safe alphabet or lack its padding, which leaves no doubt
    about the bytes. Raises ValueError if the text is not base64.
    """
    try:
        return a2b_base64(text, strict_mode=True), True
    except ValueError:
        text = "".join(text.split()).rstrip("=").translate(_URL_SAFE_ALPHABET)
        return a2b_base64(text + "=" * (-len(text) % 4), strict_mode=True), False
