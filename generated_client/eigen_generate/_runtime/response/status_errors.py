"""Turn a response that is not a success into the error to raise."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import cast

from .. import errors
from ..contract import Settings
from ..settings.secrets import Secret
from .content_encodings import has_foreign_encoding
from .media_types import is_json
from .results import RawResponse, error_context

# `..errors` explains each class. 408, 409 and 425 do not say whether the request was carried out.
_CLASSES_BY_STATUS: Mapping[int, type[errors.StatusError]] = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    402: errors.PaymentRequiredError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    405: errors.MethodNotAllowedError,
    408: errors.UnknownStatusError,
    409: errors.UnknownStatusError,
    413: errors.PayloadTooLargeError,
    415: errors.UnsupportedMediaTypeError,
    422: errors.UnprocessableEntityError,
    425: errors.UnknownStatusError,
    429: errors.RateLimitError,
}
# Properties that hold a message for people, in order of preference. `detail` and `title` are those of RFC
# 9457, section 3.1; FastAPI sends a list of objects with `msg` in `detail`.
_MESSAGE_PROPERTIES = ("message", "error", "detail", "msg", "title")
# In characters. Longer texts are whole pages; `body` keeps them.
_MAX_MESSAGE = 500
_HTML_TITLE = r"(?is)<title[^>]*>(.*?)</title>"


def error_class(status: int, retry_after: float | None) -> type[errors.StatusError]:
    """Return the error class for a status that is not a success.

    `retry_after` is the number of seconds that the server asks to wait, None if it does not. A server that
    says when to come back has rejected the request.
    """
    if status == 503 and retry_after is not None:
        return errors.ServiceUnavailableError
    return _CLASSES_BY_STATUS.get(status, errors.ServerError if status >= 500 else errors.StatusError)


def status_error(
    raw: RawResponse,
    title: str,
    retry_after: float | None,
    settings: Settings,
    secret: Secret,
) -> errors.StatusError:
    """Return the error for a response; `title` is method and path of the request, such as `POST /things`.

    A server may repeat the key that it was sent, so the key is redacted wherever text is kept.
    """
    reason = reason_phrase(raw.status_code)
    message = secret.redact(server_message(raw)) or reason
    request_to_wait = "" if retry_after is None else f"; it asks to wait {retry_after:g} s"
    summary = f"{title}: {raw.status_code} {reason}"
    return error_class(raw.status_code, retry_after)(
        (summary if message == reason else f"{summary}: {message}") + request_to_wait,
        status_code=raw.status_code,
        message=message,
        body=secret.redact_bytes(raw.content),
        headers=raw.headers,
        retry_after=retry_after,
        hint=_hint(raw, settings),
        **error_context(raw.meta),
    )


def reason_phrase(status: int) -> str:
    """Return the standard phrase of a status (RFC 9110, section 15)."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "unknown status"


def server_message(raw: RawResponse) -> str:
    """Return the server's message on one line: from JSON, from text, or the title of a web page."""
    text = "" if has_foreign_encoding(raw.headers) else raw.text
    if is_json(raw.media_type) or text.lstrip()[:1] in ("{", "["):
        try:
            return _shorten(_message_in(raw.json()))
        except (ValueError, RecursionError):
            pass
    if "html" in raw.media_type or text.lstrip()[:1] == "<":
        title = re.search(_HTML_TITLE, text)
        return _shorten(title.group(1)) if title else ""
    return _shorten(text)


def message_in_json(data: object) -> str:
    """Return the message in the JSON of a failure, on one line; empty if there is none."""
    try:
        return _shorten(_message_in(data))
    except RecursionError:
        return ""


def _message_in(data: object) -> str:
    if isinstance(data, str):
        return data
    if isinstance(data, list):
        return "; ".join(filter(None, map(_message_in, cast("list[object]", data))))
    if isinstance(data, Mapping):
        properties = cast("Mapping[str, object]", data)
        for name in _MESSAGE_PROPERTIES:
            message = _message_in(properties.get(name))
            if message:
                return message
    return ""


def _shorten(text: str) -> str:
    """Return text on one line, without NUL and with at most 500 characters."""
    line = " ".join(text.replace("\0", " ").split())
    return line if len(line) <= _MAX_MESSAGE else line[:_MAX_MESSAGE] + "…"


def _hint(raw: RawResponse, settings: Settings) -> str | None:
    status = raw.status_code
    if status == 401:
        sources = [f"{name}, or {variable}" for name, variable in settings.keys]
        return f"Check the API key ({'; '.join(sources) or f'api_key, or {settings.key_variable}'})"
    if status in (404, 405):
        return f"Check base_url (or {settings.base_url_variable}) and the ids that you gave"
    if 300 <= status < 400:
        return f"Redirects are not followed; it points to {raw.headers.get('location', 'nowhere')}"
    return None
