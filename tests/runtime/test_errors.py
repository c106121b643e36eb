"""The tree of errors, and the error for each status."""

import copy
import inspect
import pickle
from typing import Any

import pytest

from generator.runtime import errors
from generator.runtime.errors import SDKError
from generator.runtime.response.results import RawResponse, make_meta
from generator.runtime.response.status_errors import error_class, server_message, status_error
from generator.runtime.response.unexpected import UnexpectedResponseError
from generator.runtime.settings.secrets import Secret
from tests.runtime.calls import SETTINGS, TOO_DEEP

KINDS = [
    kind
    for name, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, SDKError) and not name.startswith("_")
]
EXTRA: dict[type[SDKError], dict[str, Any]] = {
    errors.JobFailedError: {"job_id": "j"},
    errors.JobTimeoutError: {"job_id": "j"},
    errors.StreamInterruptedError: {"bytes_received": 7},
    errors.StreamFailedError: {"bytes_received": 7, "data": {"a": 1}},
    UnexpectedResponseError: {"status_code": 200, "body": b"abc"},
}


def make(kind: type[SDKError]) -> SDKError:
    details: dict[str, Any] = EXTRA.get(kind, {})
    if issubclass(kind, errors.StatusError):
        details = {
            "status_code": 499,
            "message": "m",
            "body": b"b",
            "headers": {"a": "b"},
            "retry_after": 1.5,
        }
    return kind("what", hint="Do this", attempts=2, elapsed=1.5, request_id="r", bytes_sent=9, **details)


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_pickles_and_copies(kind: type[SDKError]) -> None:
    error = make(kind)
    for copied in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(copied) is kind
        assert vars(copied) == vars(error)
        assert str(copied) == str(error) == "what (request id r). Do this"


@pytest.mark.parametrize("kind", KINDS)
def test_the_docstring_lists_every_error(kind: type[SDKError]) -> None:
    assert kind.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize(
    ("status", "retry_after", "kind"),
    [
        (400, None, errors.BadRequestError),
        (401, None, errors.AuthenticationError),
        (402, None, errors.PaymentRequiredError),
        (403, None, errors.PermissionDeniedError),
        (404, None, errors.NotFoundError),
        (405, None, errors.MethodNotAllowedError),
        (409, None, errors.UnknownStatusError),
        (413, None, errors.PayloadTooLargeError),
        (415, None, errors.UnsupportedMediaTypeError),
        (418, None, errors.StatusError),
        (422, None, errors.UnprocessableEntityError),
        (429, None, errors.RateLimitError),
        (500, None, errors.ServerError),
        (503, None, errors.ServerError),
        (503, 1.0, errors.ServiceUnavailableError),
        (599, None, errors.ServerError),
    ],
)
def test_each_status_has_its_class(
    status: int, retry_after: float | None, kind: type[errors.StatusError]
) -> None:
    assert error_class(status, retry_after) is kind


def raw(content: bytes, content_type: str = "application/json", status: int = 400) -> RawResponse:
    return RawResponse(make_meta(status, {"content-type": content_type, "x-request-id": "r1"}), content)


@pytest.mark.parametrize(
    ("content", "content_type", "message"),
    [
        (b'{"message": "m"}', "application/json", "m"),
        (b'{"error": "e", "detail": "d"}', "application/json", "e"),
        (b'{"error": {"message": "m", "code": 7}}', "application/problem+json", "m"),
        (b'{"detail": [{"loc": ["a"], "msg": "one"}, {"msg": "two"}]}', "application/json", "one; two"),
        (b'"text"', "application/json", "text"),
        (b'{"message": "m"}', "text/plain", "m"),
        (b'{"other": 1}', "application/json", ""),
        (b"{broken", "application/json", "{broken"),
        (b"plain\n text", "text/plain", "plain text"),
        (b"<html><head><title>502 Bad\nGateway</title>...", "text/html", "502 Bad Gateway"),
        (b"<html>nothing", "text/html; charset=utf-8", ""),
        (b"\xff\xfe\x00", "text/plain; charset=nonsense", "\ufffd\ufffd"),
        (b"", "", ""),
        (b"[" * 100_000, "application/json", "[" * 500 + "…"),
        (b"[" * TOO_DEEP + b"]" * TOO_DEEP, "application/json", "[" * 500 + "…"),
    ],
)
def test_finds_the_message_of_the_server(content: bytes, content_type: str, message: str) -> None:
    assert server_message(raw(content, content_type)) == message


def test_a_status_error_names_the_request_and_what_to_do() -> None:
    error = status_error(raw(b"", status=401), "POST /v1/make", None, SETTINGS, Secret("test-key"))
    assert str(error) == (
        "POST /v1/make: 401 Unauthorized (request id r1). Check the API key (api_key, or ACME_KEY)"
    )


def test_a_status_error_redacts_a_key_that_the_server_repeats() -> None:
    answer = RawResponse(make_meta(400, {}), b'{"message": "bad test-key"}')
    error = status_error(answer, "POST /", None, SETTINGS, Secret("test-key"))
    assert "test-key" not in repr(vars(error)) + str(error) + repr(error)
    assert error.body == b'{"message": "bad [redacted]"}'
