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


# What the contract knows of successes: by status, a range (`2XX`) or `default`, what each media type holds.
# JSON is read as its type says, and so are events, as a list of what they hold; otherwise `bytes` and `str`
# stand for the body as it is.
Successes = Mapping[str, Mapping[str, Any]]


def parse(call: Call[Any], known: Successes, raw: RawResponse) -> Response[Any]:
    """Read a success by what the contract says of it; raises UnexpectedResponseError."""
    return Response(raw.status_code, raw.headers, raw.content, _parse(call.operation.route, known, raw))


def _parse(title: str, known: Successes, raw: RawResponse) -> Any:
    status, family = str(raw.status_code), raw.status_code // 100
    told = next((one for one in (status, f"{family}XX", f"{family}xx", "default") if one in known), None)
    if told is None:
        raise_unreadable(title, raw, [f"the contract knows no status {status}"])
    if not known[told]:
        return None
    for media_type, kind in known[told].items():
        plain = media_types.essence(media_type)
        if media_types.matches(raw.media_type, (plain,)):
            if kind in (str, bytes) and not media_types.is_json(plain):
                return raw.text if kind is str else raw.content
            return _read_json(title, raw, kind)
    raise_unreadable(title, raw, [f"expected {' or '.join(known[told])}"])
    return None


def _read_json(title: str, raw: RawResponse, kind: object) -> Any:
    try:
        return decoder_of(kind)(_events(title, raw) if raw.media_type == media_types.EVENTS else raw.json())
    except DecodeError as error:
        raise_unreadable(title, raw, [str(error)])
    except ValueError as error:
        raise_unreadable(title, raw, [f"it is not JSON: {error}"])


def _events(title: str, raw: RawResponse) -> list[Any]:
    """The data of each event, which is JSON; many streams say `[DONE]` at their end."""
    parser = EventParser()
    data = [event.data for event in parser.feed(raw.content)]
    if parser.has_incomplete_event:
        raise_unreadable(title, raw, ["its last event is not whole"])
    return [json.loads(text) for text in data if text != "[DONE]"]


def warn_deprecated(what: str) -> None:
    """Say that something of the contract is to be used no more, at the line that called the client."""
    package = __name__.partition(".")[0]
    depth, frame = 1, inspect.currentframe()
    while frame is not None and str(frame.f_globals.get("__name__")).partition(".")[0] == package:
        depth, frame = depth + 1, frame.f_back
    warnings.warn(f"{what} is deprecated", DeprecationWarning, stacklevel=depth)
