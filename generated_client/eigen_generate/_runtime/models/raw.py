"""Answers of the raw layer: typed by the models of the contract, chosen by status and Content-Type."""

import inspect
import warnings
from collections.abc import Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from ..contract import Answers, Call
from ..response.results import RawResponse
from .reading import read_content

T_co = TypeVar("T_co", covariant=True)


class Response(NamedTuple, Generic[T_co]):
    """A successful answer: `content` as it came, `parsed` as the contract types it.

    `headers` are by lower-case name. `drift` describes what differs from the contract: a part of `parsed`
    that it names has another value than its type says.
    """

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    parsed: T_co
    drift: tuple[str, ...] = ()


Successes = Answers


def parse(call: Call[Any], successes: Successes, raw: RawResponse) -> Response[Any]:
    """Return a successful answer as the contract types it; raises UnexpectedResponseError."""
    content = read_content(call.operation, successes, raw)
    drift = (*content.drift, *raw.meta.drift)
    return Response(raw.status_code, raw.headers, raw.content, content.value, drift)


def warn_deprecated(notice: str) -> None:
    """Warn that an operation or a parameter is deprecated, at the line that called the client."""
    package = __name__.partition(".")[0]
    depth, frame = 1, inspect.currentframe()
    while frame is not None and str(frame.f_globals.get("__name__")).partition(".")[0] == package:
        depth, frame = depth + 1, frame.f_back
    warnings.warn(notice, DeprecationWarning, stacklevel=depth)
