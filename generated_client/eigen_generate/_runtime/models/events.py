"""The data of server-sent events as the contract types it."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any, get_args, get_origin

from ..contract import Call
from ..meta import Meta
from ..response import media_types
from ..response.result_parsing import raise_unreadable
from ..response.results import RawResponse
from ..streaming.sse import ServerSentEvent
from .codec import DecodeError
from .reading import decode_json, types_of_status

ReportDrift = Callable[[str, tuple[str, ...]], None]


def event_decoder(call: Call[Any], meta: Meta, report: ReportDrift) -> Callable[[ServerSentEvent], Any]:
    """Return the function that types the events of an answer, by its status.

    It raises UnexpectedResponseError for an event that does not fit at all. `report` is called with the
    request's title and with what differs from the contract in an event that fits.
    """
    documented_types = types_of_status(call.answers or {}, meta.status_code) or {}
    for media_type, python_type in documented_types.items():
        if media_types.essence(media_type) == media_types.EVENT_STREAM:
            return partial(_decode, call.operation.route, meta, report, _type_of_event(python_type))
    return partial(_decode, call.operation.route, meta, report, str)


def _type_of_event(python_type: Any) -> Any:
    """Return the type of an event: the contract's type of the whole answer is a list, or text."""
    return get_args(python_type)[0] if get_origin(python_type) is list else python_type


def _decode(route: str, meta: Meta, report: ReportDrift, python_type: Any, event: ServerSentEvent) -> Any:
    if python_type is str:
        return event.data
    raw = RawResponse(meta, event.data.encode())
    try:
        value, drift = decode_json(python_type, json.loads(event.data))
    except DecodeError as error:
        raise_unreadable(route, raw, [f"an event does not fit: {error}"])
    except ValueError as error:
        raise_unreadable(route, raw, [f"an event is not JSON: {error}"])
    if drift:
        report(route, drift)
    return value
