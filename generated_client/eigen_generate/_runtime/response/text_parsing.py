"""Read a successful response as text: the body itself, or a string inside its JSON."""

from typing import Any

from ..contract import TextReading
from ..unset import UNSET
from . import media_types
from .json_pointer import resolve
from .parsed_response import CannotRead, ParsedResponse

# Subtitles that are text, although their names are not `text/*`: SubRip, and TTML (W3C Timed Text).
_SUBTITLE_TYPES = ("application/x-subrip", "application/ttml+xml")


def read_text(reading: TextReading[Any], response: ParsedResponse) -> Any:
    """Return the result of `reading`; raises CannotRead if the response holds no text."""
    is_json = response.data is not UNSET
    text = _text_in_json(reading, response.data) if is_json else _text_body(reading, response)
    return reading.result(text=text, data=response.properties, meta=response.meta(reading.properties))


def _text_in_json(reading: TextReading[Any], data: object) -> str:
    if isinstance(data, str):
        return data
    for pointer in reading.text:
        text = resolve(data, pointer)
        if isinstance(text, str):
            return text
    raise CannotRead(f"expected a text at {' or '.join(reading.text)}" if reading.text else "expected text")


def is_text(reading: TextReading[Any], media_type: str) -> bool:
    """Tell whether a body of this media type is read as text.

    Any `text/*` is, such as an undocumented `text/vtt`, except HTML and an event stream; so are subtitles.
    """
    patterns = ("text/*", *_SUBTITLE_TYPES, *reading.media_types)
    return media_type != media_types.EVENT_STREAM and media_types.matches(media_type, patterns)


def _text_body(reading: TextReading[Any], response: ParsedResponse) -> str:
    raw = response.raw
    if not is_text(reading, raw.media_type):
        raise CannotRead(f"expected {' or '.join(reading.media_types)}")
    if media_types.is_html(raw.content[: media_types.MAGIC_LENGTH]):
        response.drift.append("the text is a web page")
    declared_charset = media_types.charset(raw.content_type)
    for charset in (declared_charset, "utf-8"):
        try:
            text = raw.content.decode(charset)
        # LookupError: the name is unknown, or belongs to a codec that is not for text, such as `hex`.
        except (ValueError, LookupError):
            continue
        if charset != declared_charset:
            response.drift.append(f"the text is not {declared_charset}; read as UTF-8")
        return text
    raise CannotRead(f"the text is not {declared_charset}")
