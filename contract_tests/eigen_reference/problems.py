"""A request that cannot be served, and the JSON body that says so."""

import json
from collections.abc import Mapping

from attrs import Factory, frozen
from starlette.responses import Response

from .engines.errors import (
    EngineBusyError,
    EngineError,
    EngineUnavailableError,
    InputTooLongError,
    WorkCancelledError,
)


@frozen
class RequestError(Exception):
    """Ends the handling of a request with an error answer.

    `field` names the member of the request at fault and `pointer` says where it stands (RFC 6901); `code` is
    a short name that programs may rely on.
    """

    status: int
    code: str
    message: str
    field: str | None = None
    pointer: str | None = None
    headers: Mapping[str, str] = Factory(dict[str, str])

    def response(self) -> Response:
        """Return the answer, in the shape of the contract's Error."""
        error = {"message": self.message, "code": self.code, "field": self.field, "pointer": self.pointer}
        known = {name: value for name, value in error.items() if value is not None}
        return json_response({"error": known}, self.status, self.headers)


def json_response(content: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return compact JSON."""
    body = json.dumps(content, separators=(",", ":"), allow_nan=False).encode()
    return Response(body, status, dict(headers or {}), media_type="application/json")


def member_problem(
    field: str, message: str, code: str = "invalid_value", pointer: str | None = None
) -> RequestError:
    """Return a 400 that names a member of the request."""
    return RequestError(400, code, message, field, f"/{escape(field)}" if pointer is None else pointer)


def escape(name: str) -> str:
    """Escape a member's name for a JSON pointer (RFC 6901, section 3)."""
    return name.replace("~", "~0").replace("/", "~1")


def engine_problem(error: EngineError) -> RequestError:
    """Return the answer to what an engine raised: 400 for a bad upload, 413 for too much, else 429 or 503."""
    pointer = f"/{escape(error.field)}" if error.field else None
    if isinstance(error, InputTooLongError):
        return RequestError(413, "too_long", error.message, error.field, pointer)
    if isinstance(error, EngineBusyError):
        return RequestError(429, "busy", error.message, headers={"retry-after": str(error.seconds)})
    if isinstance(error, EngineUnavailableError):
        return RequestError(503, "engine_unavailable", error.message)
    if isinstance(error, WorkCancelledError):
        return RequestError(
            503, "stopping", error.message, headers={"retry-after": "1", "connection": "close"}
        )
    if error.field is None:
        return RequestError(503, "engine_failed", error.message)
    return RequestError(400, "unreadable_file", error.message, error.field, pointer)
