"""Answers of the raw layer: typed by the models of the contract, chosen by status and Content-Type."""

import inspect
import json
import warnings
from collections.abc import Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from ..contract import Call
from ..response import media_types
from ..response.result_parsing import raise_unreadable
from ..response.results import RawResponse
from ..streaming.sse import EventParser
from .codec import DecodeError
from .objects import decoder_of

T_co = TypeVar("T_co", covariant=True)


class Response(NamedTuple, Generic[T_co]):
    """A successful answer: `content` as it came, `parsed` as the contract types it.

    `headers` are by lower-case name.
    """

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    parsed: T_co


# The types of the successful answers of an operation: by status, range (`2XX`) or `default`, then by media
# type. JSON is decoded to the type, and events to a list of it; for other media types `bytes` and `str` stand
# for the body as it is.
Successes = Mapping[str, Mapping[str, Any]]


def parse(call: Call[Any], successes: Successes, raw: RawResponse) -> Response[Any]:
    """Return a successful answer as the contract types it; raises UnexpectedResponseError."""
    is_head = call.operation.method == "HEAD"  # its answer has no body (RFC 9110, section 9.3.2)
    parsed = None if is_head else _parse_content(call.operation.route, successes, raw)
    return Response(raw.status_code, raw.headers, raw.content, parsed)


def _parse_content(route: str, successes: Successes, raw: RawResponse) -> Any:
    status, first_digit = str(raw.status_code), raw.status_code // 100
    # The most specific entry counts (OpenAPI 3.1, section 4.8.16). Some documents write the range as `2xx`.
    keys = (status, f"{first_digit}XX", f"{first_digit}xx", "default")
    documented_types = next((successes[key] for key in keys if key in successes), None)
    if documented_types is None:
        raise_unreadable(route, raw, [f"the contract knows no status {status}"])
    if not documented_types:
        return None
    for media_type, python_type in documented_types.items():
        essence = media_types.essence(media_type)
        if media_types.matches(raw.media_type, (essence,)):
            if python_type in (str, bytes) and not media_types.is_json(essence):
                return raw.text if python_type is str else raw.content
            return _decode_json(route, raw, python_type)
    raise_unreadable(route, raw, [f"expected {' or '.join(documented_types)}"])
    return None


def _decode_json(route: str, raw: RawResponse, python_type: object) -> Any:
    """Return JSON, or the JSON of events, as `python_type`; raises UnexpectedResponseError."""
    is_events = raw.media_type == media_types.EVENT_STREAM
    try:
        return decoder_of(python_type)(_events(route, raw) if is_events else raw.json())
    except DecodeError as error:
        raise_unreadable(route, raw, [str(error)])
    except ValueError as error:
        raise_unreadable(route, raw, [f"it is not JSON: {error}"])


def _events(route: str, raw: RawResponse) -> list[Any]:
    """Return the JSON data of each event; raises ValueError if it is not JSON."""
    parser = EventParser()
    texts = [event.data for event in parser.feed(raw.content)]
    if parser.has_incomplete_event:
        raise_unreadable(route, raw, ["its last event is not whole"])
    # OpenAI's streams end with this text, which is not JSON, and many servers copy it.
    return [json.loads(text) for text in texts if text != "[DONE]"]


def warn_deprecated(notice: str) -> None:
    """Warn that an operation or a parameter is deprecated, at the line that called the client."""
    package = __name__.partition(".")[0]
    depth, frame = 1, inspect.currentframe()
    while frame is not None and str(frame.f_globals.get("__name__")).partition(".")[0] == package:
        depth, frame = depth + 1, frame.f_back
    warnings.warn(notice, DeprecationWarning, stacklevel=depth)
