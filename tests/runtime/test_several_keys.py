"""A contract with several security schemes: which keys are sent, and that none of them is shown."""

import logging
import pickle
from collections.abc import Callable

import httpx
import pytest

from generator.runtime.client.core import Core
from generator.runtime.contract import Call, Operation, SecurityScheme
from generator.runtime.errors import ConfigurationError, StatusError
from tests.runtime.calls import SETTINGS

URL = "https://api.example.com"
USER, SECRET = SecurityScheme("apiKey", "X-User", argument="user"), SecurityScheme("bearer", argument="token")
QUERY = SecurityScheme("apiKey", "key", "query", argument="query_key")
COOKIE = SecurityScheme("apiKey", "sid", "cookie", argument="session")
BASIC = SecurityScheme("basic", argument="login")
NAMES = ("user", "token", "query_key", "session", "login")
SEVERAL = SETTINGS._replace(keys=tuple((name, f"ACME_{name.upper()}") for name in NAMES))
# What is sent without a key.
NOTHING: dict[str, str] = {}
Handler = Callable[[httpx.Request], httpx.Response]
Combinations = list[tuple[SecurityScheme, ...]]


def sent(keys: dict[str, str], *security: tuple[SecurityScheme, ...]) -> tuple[dict[str, str], str]:
    """Return the headers with a key, and the query, of a call with these keys."""
    requests: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(204)

    call_with(handle, keys, *security)
    names = ("authorization", "x-user", "cookie")
    headers = {name: requests[0].headers[name] for name in names if name in requests[0].headers}
    return headers, requests[0].url.raw_path.partition(b"?")[2].decode()


def call_with(handle: Handler, keys: dict[str, str], *security: tuple[SecurityScheme, ...]) -> None:
    operation = Operation("look", "GET", "/look", security=security[0], alternatives=security[1:])
    client = httpx.Client(transport=httpx.MockTransport(handle))
    core(client, **keys).send(Call(operation), {})


def core(client: httpx.Client | None, api_key: str | None = None, **keys: str) -> Core:
    return Core(SEVERAL, api_key=api_key, keys=keys, base_url=URL, http_client=client, max_retries=0)


@pytest.mark.parametrize(
    ("keys", "security", "expected"),
    [
        ({"user": "u", "token": "t"}, [(USER, SECRET)], ({"x-user": "u", "authorization": "Bearer t"}, "")),
        ({"query_key": "q", "session": "s"}, [(QUERY, COOKIE)], ({"cookie": "sid=s"}, "key=q")),
        (
            {"login": "me:it", "user": "u"},
            [(BASIC, USER)],
            ({"authorization": "Basic bWU6aXQ=", "x-user": "u"}, ""),
        ),
        # The first alternative whose keys are all there; the caller chooses by what was given.
        ({"session": "s"}, [(USER,), (COOKIE,)], ({"cookie": "sid=s"}, "")),
        ({"user": "u", "session": "s"}, [(USER,), (COOKIE,)], ({"x-user": "u"}, "")),
        ({"user": "u", "session": "s"}, [(USER, SECRET), (COOKIE,)], ({"cookie": "sid=s"}, "")),
        # A key for a scheme that the operation does not accept is not sent.
        ({"user": "u", "session": "s"}, [(), (SECRET,)], (NOTHING, "")),
        ({"user": "u"}, [()], (NOTHING, "")),
        # The shared key serves a scheme that has no key of its own, and never two of them at once.
        ({"api_key": "a"}, [(USER, SECRET), (COOKIE,)], ({"cookie": "sid=a"}, "")),
        ({"api_key": "a", "user": "u"}, [(COOKIE,), (USER,)], ({"x-user": "u"}, "")),
    ],
)
def test_sends_the_keys_of_one_combination(
    keys: dict[str, str], security: Combinations, expected: tuple[dict[str, str], str]
) -> None:
    assert sent(keys, *security) == expected


@pytest.mark.parametrize(
    ("keys", "security", "message"),
    [
        ({"user": "u"}, [(USER, SECRET)], "token is missing. Pass token=... or set ACME_TOKEN"),
        (
            {"api_key": "a"},
            [(USER, SECRET)],
            "user and token is missing. Pass user=... or set ACME_USER and ",
        ),
        (
            {"user": "u"},
            [(SECRET,), (COOKIE,)],
            "token or session is missing. Pass token=... or set ACME_TOKEN, or ",
        ),
    ],
)
def test_names_the_missing_argument_before_anything_is_sent(
    keys: dict[str, str], security: Combinations, message: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        call_with(lambda _: pytest.fail("sent"), keys, *security)
    assert str(caught.value).startswith(f"GET /look: no key: {message}")
    assert "\n" not in str(caught.value)


def test_a_key_may_come_from_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_USER", "from-environment")
    assert sent({"session": "s"}, (USER,)) == ({"x-user": "from-environment"}, "")


def test_a_client_without_any_key_names_all_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACME_KEY", raising=False)
    with pytest.raises(
        ConfigurationError, match=r"user=\.\.\. or set ACME_USER, token=\.\.\. or set ACME_TOKEN"
    ):
        core(None)
    Core(SEVERAL._replace(is_key_optional=True), base_url=URL).close()


def test_no_key_is_shown(caplog: pytest.LogCaptureFixture) -> None:
    keys = {"user": "user-key-1", "query_key": "query-key-2"}
    caplog.set_level(logging.DEBUG)
    text = f"no {keys['user']} and no {keys['query_key']}"
    with pytest.raises(StatusError) as caught:
        call_with(lambda _: httpx.Response(403, text=text), keys, (USER, QUERY))
    client = core(httpx.Client(), **keys)
    request = client.prepare(Call(Operation("look", "GET", "/look", security=(USER, QUERY))), {})
    shown = f"{caught.value} {caught.value.body!r} {client!r} {request} {request.headers} {request.to_curl()}"
    for key in keys.values():
        assert key not in shown + caplog.text
    assert shown.count("[redacted]") == 6
    assert request.to_curl() == 'curl -X GET "https://api.example.com/look?key=$ACME_QUERY_KEY" -H ' + (
        "'Accept: */*' -H \"X-User: $ACME_USER\""
    )
    with pytest.raises(TypeError, match=r"^user: .* never holds the key; leave it out and set ACME_USER"):
        pickle.dumps(client)
