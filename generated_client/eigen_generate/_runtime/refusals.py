import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import cast

from . import errors
from .config import Secret
from .guard import is_foreign
from .media_types import is_json
from .plan import Settings
from .results import RawResponse, context

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
_LONGEST = 500
_TITLE = r"(?is)<title[^>]*>(.*?)</title>"


def kind_of(status: int, retry_after: float | None) -> type[errors.StatusError]:
	if status == 503 and retry_after is not None:
		return errors.ServiceUnavailableError
	return _BY_STATUS.get(status, errors.ServerError if status >= 500 else errors.StatusError)


def refusal(
	raw: RawResponse, request: str, retry_after: float | None, settings: Settings, secret: Secret
) -> errors.StatusError:
	reason = reason_of(raw.status_code)
	message = secret.redact(message_of(raw)) or reason
	asked = "" if retry_after is None else f"; it asks to wait {retry_after:g} s"
	summary = f"{request}: {raw.status_code} {reason}"
	return kind_of(raw.status_code, retry_after)(
		(summary if message == reason else f"{summary}: {message}") + asked,
		status_code=raw.status_code,
		message=message,
		body=secret.redact_bytes(raw.content),
		headers=raw.headers,
		retry_after=retry_after,
		hint=_hint(raw, settings),
		**context(raw.meta),
	)


def reason_of(status: int) -> str:
	try:
		return HTTPStatus(status).phrase
	except ValueError:
		return "unknown status"


def message_of(raw: RawResponse) -> str:
	text = "" if is_foreign(raw.headers) else raw.text
	if is_json(raw.media_type) or text.lstrip()[:1] in ("{", "["):
		try:
			return _shorten(_from_json(raw.json()))
		except (ValueError, RecursionError):
			pass
	if "html" in raw.media_type or text.lstrip()[:1] == "<":
		title = re.search(_TITLE, text)
		return _shorten(title.group(1)) if title else ""
	return _shorten(text)


def said_in(data: object) -> str:
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
