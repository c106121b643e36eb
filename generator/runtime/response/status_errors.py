"""From an answer that is no success to the error to raise."""

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

_BY_STATUS: Mapping[int, type[errors.StatusError]] = {
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
_MEMBERS = ("message", "error", "detail", "msg", "title")
# Longer texts are whole pages; `body` keeps them.
_LONGEST = 500
# Compiled when it is needed, as all patterns of what most calls do without: `re` keeps it.
_TITLE = r"(?is)<title[^>]*>(.*?)</title>"


def error_class(status: int, retry_after: float | None) -> type[errors.StatusError]:
    """Choose the class for a status that is no success."""
    if status == 503 and retry_after is not None:
        return errors.ServiceUnavailableError
    return _BY_STATUS.get(status, errors.ServerError if status >= 500 else errors.StatusError)


def status_error(
    raw: RawResponse,
    request: str,
    retry_after: float | None,
    settings: Settings,
    secret: Secret,
) -> errors.StatusError:
    """Make the error for `raw`; `request` is what was asked, such as `POST /things`.

    The server may repeat the key that it was sent, so it is struck out wherever text is kept.
    """
    reason = reason_phrase(raw.status_code)
    message = secret.redact(server_message(raw)) or reason
    asked = "" if retry_after is None else f"; it asks to wait {retry_after:g} s"
    summary = f"{request}: {raw.status_code} {reason}"
    return error_class(raw.status_code, retry_after)(
        (summary if message == reason else f"{summary}: {message}") + asked,
        status_code=raw.status_code,
        message=message,
        body=secret.redact_bytes(raw.content),
        headers=raw.headers,
        retry_after=retry_after,
        hint=_hint(raw, settings),
        **error_context(raw.meta),
    )


def reason_phrase(status: int) -> str:
    """Give the standard phrase of a status."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "unknown status"


def server_message(raw: RawResponse) -> str:
    """Find what the server says: in JSON, as text, or as the title of a page; on one line."""
    text = "" if has_foreign_encoding(raw.headers) else raw.text
    if is_json(raw.media_type) or text.lstrip()[:1] in ("{", "["):
        try:
            return _shorten(_from_json(raw.json()))
        except (ValueError, RecursionError):
            pass
    if "html" in raw.media_type or text.lstrip()[:1] == "<":
        title = re.search(_TITLE, text)
        return _shorten(title.group(1)) if title else ""
    return _shorten(text)


def message_in_json(data: object) -> str:
    """Find what a server says in JSON that tells of a failure, on one line; empty if it says nothing."""
    try:
        return _shorten(_from_json(data))
    except RecursionError:
        return ""


def _from_json(data: object) -> str:
    if isinstance(data, str):
        return data
    if isinstance(data, list):
        return "; ".join(filter(None, map(_from_json, cast("list[object]", data))))
    if isinstance(data, Mapping):
        members = cast("Mapping[str, object]", data)
        for name in _MEMBERS:
            message = _from_json(members.get(name))
            if message:
                return message
    return ""


def _shorten(text: str) -> str:
    line = " ".join(text.replace("\0", " ").split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


def _hint(raw: RawResponse, settings: Settings) -> str | None:
    status = raw.status_code
    if status == 401:
        return f"Check the API key (api_key, or {settings.key_variable})"
    if status in (404, 405):
        return f"Check base_url (or {settings.base_url_variable}) and the ids that you gave"
    if 300 <= status < 400:
        return f"Redirects are not followed; it points to {raw.headers.get('location', 'nowhere')}"
    return None
