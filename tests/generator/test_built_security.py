"""Clients of documents with several security schemes: which keys each operation gets, over the wire."""

import os
from typing import Any

import pytest

from tests.generator.small_documents import SmallDocuments

SCHEMES = """
components:
  securitySchemes:
    appId: {type: apiKey, in: header, name: X-App}
    app_secret: {type: apiKey, in: query, name: secret}
    session: {type: apiKey, in: cookie, name: sid}
    login: {type: http, scheme: Basic}
    token: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com/t', scopes: {}}}}
    signed: {type: http, scheme: digest}
    device: {type: mutualTLS}
"""
EACH_ITS_OWN = """
security: [{appId: []}]
paths:
  /root: {get: {operationId: root, responses: {'204': {}}}}
  /login: {get: {operationId: log_in, security: [{login: []}], responses: {'204': {}}}}
  /token: {get: {operationId: token, security: [{token: [read]}], responses: {'204': {}}}}
  /free: {get: {operationId: free, security: [], responses: {'204': {}}}}
"""
TOGETHER = """
paths:
  /two: {get: {operationId: two, security: [{appId: [], app_secret: []}], responses: {'204': {}}}}
  /three: {get: {operationId: three, security: [{appId: [], session: [], token: []}], responses: {'204': {}}}}
  /card: {get: {operationId: card, security: [{device: [], login: []}], responses: {'204': {}}}}
  /clash: {get: {operationId: clash, security: [{login: [], token: []}], responses: {'204': {}}}}
  /signed: {get: {operationId: sign, security: [{signed: []}], responses: {'204': {}}}}
"""
ALTERNATIVES = """
paths:
  /either:
    get: {operationId: either, security: [{appId: [], app_secret: []}, {token: []}], responses: {'204': {}}}
  /signed: {get: {operationId: sign, security: [{signed: []}, {session: []}], responses: {'204': {}}}}
  /maybe: {get: {operationId: maybe, security: [{}, {login: []}], responses: {'204': {}}}}
"""
KEYS = {"app_id": "A", "app_secret": "S", "session": "C", "login": "u:p", "token": "T"}
BASIC = "Basic dTpw"


@pytest.mark.parametrize(
    ("document", "name", "keys", "expected"),
    [
        (EACH_ITS_OWN, "root", "app_id login", {"x-app": "A"}),
        (EACH_ITS_OWN, "log_in", "app_id login", {"authorization": BASIC}),
        (EACH_ITS_OWN, "token", "app_id token", {"authorization": "Bearer T"}),
        (EACH_ITS_OWN, "free", "app_id", {}),
        (TOGETHER, "two", "app_id app_secret", {"x-app": "A", "?": "/two?secret=S"}),
        (
            TOGETHER,
            "three",
            "app_id session token",
            {"x-app": "A", "cookie": "sid=C", "authorization": "Bearer T"},
        ),
        (TOGETHER, "card", "login", {"authorization": BASIC}),
        (ALTERNATIVES, "either", "token", {"authorization": "Bearer T"}),
        (ALTERNATIVES, "either", "app_id app_secret", {"x-app": "A", "?": "/either?secret=S"}),
        (ALTERNATIVES, "either", "app_id token", {"authorization": "Bearer T"}),
        (ALTERNATIVES, "sign", "session", {"cookie": "sid=C"}),
        (ALTERNATIVES, "maybe", "token", {}),
        (ALTERNATIVES, "maybe", "login", {"authorization": BASIC}),
    ],
)
def test_each_operation_gets_the_keys_of_its_own_schemes(
    small: SmallDocuments, document: str, name: str, keys: str, expected: dict[str, str]
) -> None:
    client = small.build(document + SCHEMES)
    api = client.api(api_key=None, **{key: KEYS[key] for key in keys.split()})
    api.call(client.operation(name))
    sent = {
        key: api.wire.sent.headers[key]
        for key in ("x-app", "cookie", "authorization")
        if key in api.wire.sent.headers
    }
    if "?" in api.wire.sent.target:
        sent["?"] = api.wire.sent.target
    assert sent == expected


@pytest.mark.parametrize(
    ("document", "name", "keys", "message"),
    [
        (
            EACH_ITS_OWN,
            "log_in",
            "app_id",
            "GET /login: no key: login is missing. Pass login=... or set {}_LOGIN",
        ),
        (
            TOGETHER,
            "two",
            "app_id",
            "GET /two: no key: app_secret is missing. Pass app_secret=... or set {}_APP_SECRET",
        ),
        (TOGETHER, "two", "api_key", "GET /two: no key: app_id and app_secret is missing."),
        (ALTERNATIVES, "either", "app_id", "GET /either: no key: app_secret or token is missing."),
    ],
)
def test_a_missing_key_is_named_before_anything_is_sent(
    small: SmallDocuments, document: str, name: str, keys: str, message: str
) -> None:
    client = small.build(document + SCHEMES)
    values: dict[str, Any] = {"api_key": None} | {key: KEYS.get(key, "K") for key in keys.split()}
    api = client.api(**values)
    with pytest.raises(Exception, match="no key") as caught:
        api.call(client.operation(name))
    assert type(caught.value).__name__ == "ConfigurationError"
    assert str(caught.value).startswith(message.format(client.package.upper()))
    assert not api.wire.requests


def test_what_no_client_can_send_is_refused_and_costs_nothing_else(small: SmallDocuments) -> None:
    refused = {part.pointer: str(part.fault) for part in small.build(TOGETHER + SCHEMES).work.refused}
    assert set(refused) == {"/paths/~1clash/get", "/paths/~1signed/get"}
    assert "`login with token`" in refused["/paths/~1clash/get"]
    assert "apiKey, http (bearer or basic)" in refused["/paths/~1signed/get"]


def test_one_scheme_is_the_only_key(small: SmallDocuments) -> None:
    operation = "{operationId: a, security: [{app_secret: []}, {signed: []}], responses: {'204': {}}}"
    client = small.build(f"paths: {{/a: {{get: {operation}}}}}" + SCHEMES)
    api = client.api()
    api.call(client.operation("a"))
    assert api.wire.sent.target == "/a?secret=test-key"
    with pytest.raises(TypeError, match="app_secret"):
        client.api(app_secret="test-key")


def test_keys_come_from_variables_and_are_not_pickled(
    small: SmallDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = small.build(EACH_ITS_OWN + SCHEMES)
    monkeypatch.setitem(os.environ, f"{client.package.upper()}_TOKEN", "from-environment")
    api = client.api(api_key=None)
    api.call(client.operation("token"))
    assert api.wire.sent.headers["authorization"] == "Bearer from-environment"
