"""Answers of the raw layer: typed by the models of the contract, chosen by status and Content-Type."""

import inspect
import json
import warnings
from collections.abc import Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from ..contract import Answers, Call, Operation
from ..response import media_types
from ..response.result_parsing import raise_unreadable
from ..response.results import Media, RawResponse
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


Successes = Answers


def parse(call: Call[Any], successes: Successes, raw: RawResponse) -> Response[Any]:
    """Return a successful answer as the contract types it; raises UnexpectedResponseError."""
    parsed = parse_content(call.operation, successes, raw)
    return Response(raw.status_code, raw.headers, raw.content, parsed)


def parse_content(operation: Operation, answers: Answers, raw: RawResponse) -> Any:
    """Return what a successful answer holds, as the contract types it; raises UnexpectedResponseError."""
    if operation.method == "HEAD":  # its answer has no body (RFC 9110, section 9.3.2)
        return None
    route, status = operation.route, str(raw.status_code)
    documented_types = types_of_status(answers, raw.status_code)
    if documented_types is None:
        raise_unreadable(route, raw, [f"the contract knows no status {status}"])
    if not documented_types:
        return None
    for media_type, python_type in documented_types.items():
        essence = media_types.essence(media_type)
        if media_types.matches(raw.media_type, (essence,)):
            if python_type is Media:
                return Media(content=raw.content, media_type=raw.media_type, data={}, meta=raw.meta)
            if python_type in (str, bytes) and not media_types.is_json(essence):
                return raw.text if python_type is str else raw.content
            return _decode_json(route, raw, python_type)
    raise_unreadable(route, raw, [f"expected {' or '.join(documented_types)}"])
    return None


def types_of_status(answers: Answers, status_code: int) -> Mapping[str, Any] | None:
    """Return the types that the contract has for a status, by media type; None if it does not know it.

    The most specific entry counts (OpenAPI 3.1, section 4.8.16). Some documents write the range as `2xx`.
    """
    first_digit = status_code // 100
    keys = (str(status_code), f"{first_digit}XX", f"{first_digit}xx", "default")
    return next((answers[key] for key in keys if key in answers), None)


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
