"""Keys, base URLs and timeouts."""

import copy
import pickle
import sys
from subprocess import run
from typing import Any

import pytest

from generator.runtime.errors import ArgumentError, ConfigurationError
from generator.runtime.settings.environment import read_configuration
from generator.runtime.settings.proxies import is_loopback
from generator.runtime.settings.secrets import Secret
from generator.runtime.settings.timeouts import Timeout, as_timeout, resolve_timeout
from generator.runtime.unset import UNSET, Unset
from tests.runtime.calls import SETTINGS

URL = "https://api.example.com"


def test_arguments_come_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_KEY", " from-environment\n")
    monkeypatch.setenv("ACME_URL", "https://environment.example/base/")
    config = read_configuration(SETTINGS, {}, None)
    assert (config.key.reveal(), config.base_url) == ("from-environment", "https://environment.example/base")
    config = read_configuration(SETTINGS, {"api_key": "argument"}, "http://127.0.0.1:8080/")
    assert (config.key.reveal(), config.base_url) == ("argument", "http://127.0.0.1:8080")


@pytest.mark.parametrize("key", [None, "", "  "])
def test_names_the_argument_and_the_variable_of_a_missing_key(
    key: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ACME_KEY", raising=False)
    with pytest.raises(ConfigurationError, match=r"api_key.*ACME_KEY|ACME_KEY.*api_key"):
        read_configuration(SETTINGS, {"api_key": key}, URL)


@pytest.mark.parametrize("key", ["two words", "new\nline", "schlüssel", "nul\0"])
def test_refuses_a_key_with_invalid_characters_without_showing_it(key: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_configuration(SETTINGS, {"api_key": key}, URL)
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "api.example.com",
        "ftp://x",
        "https://",
        "https://x:99999",
        "https://u:p@x",
        "https://x?a=b",
        "https://x y",
    ],
)
def test_refuses_an_invalid_base_url(url: str) -> None:
    with pytest.raises(ConfigurationError, match="base_url"):
        read_configuration(SETTINGS, {"api_key": "test-key"}, url)


@pytest.mark.parametrize("value", [5, b"https://api.example.com", ["https://api.example.com"]])
def test_refuses_a_key_or_url_that_is_not_a_str_without_showing_it(value: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"^base_url: .* is not a str"):
        read_configuration(SETTINGS, {"api_key": "test-key"}, value)
    with pytest.raises(ConfigurationError, match=r"^api_key: .* is not a str") as caught:
        read_configuration(SETTINGS, {"api_key": value}, URL)
    assert "example" not in str(caught.value)


def test_refuses_to_send_a_key_unencrypted() -> None:
    with pytest.raises(ConfigurationError, match="unencrypted"):
        read_configuration(SETTINGS, {"api_key": "test-key"}, "http://example.com")
    open_settings = SETTINGS._replace(key_variable="")
    assert read_configuration(open_settings, {}, "http://example.com").base_url == "http://example.com"


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("a.localhost", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("notlocalhost", False),
        ("10.0.0.1", False),
        ("127.0.0.1.example.com", False),
    ],
)
def test_recognises_loopback_hosts(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_a_secret_is_not_shown_or_pickled() -> None:
    secret = Secret("test-key")
    assert "test-key" not in f"{secret} {secret!r} {secret:>30} {[secret]} {(secret,)!s}"
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        vars(secret)
    assert copy.deepcopy(secret) is copy.copy(secret) is secret
    assert secret.reveal() == "test-key"


def test_an_empty_secret_redacts_nothing() -> None:
    assert Secret("").redact("text") == "text"
    assert Secret("").redact_bytes(b"text") == b"text"


def test_a_number_limits_every_step_and_caps_connecting() -> None:
    assert as_timeout(180) == Timeout(10.0, 180, 180, 180)
    assert as_timeout(3) == Timeout(3, 3, 3, 3)
    assert as_timeout(None) == Timeout(None, None, None, None)


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf"), True, "5", Timeout(read=-1)])
def test_refuses_an_invalid_timeout(value: float) -> None:
    with pytest.raises(ArgumentError, match="timeout"):
        as_timeout(value)


def test_the_timeout_of_the_call_takes_precedence() -> None:
    assert resolve_timeout(5, 7, 9).read == 5
    assert resolve_timeout(UNSET, 7, 9).read == 7
    assert resolve_timeout(UNSET, UNSET, 9).read == 9
    assert resolve_timeout(None, 7, 9).read is None


def test_unset_stays_the_same_object_when_copied_and_pickled() -> None:
    assert not UNSET
    assert repr(UNSET) == "UNSET"
    assert pickle.loads(pickle.dumps(UNSET)) is copy.deepcopy(UNSET) is copy.copy(UNSET) is UNSET
    assert isinstance(UNSET, Unset)


def test_the_vocabulary_is_imported_without_httpx() -> None:
    modules = "contract errors meta unset settings.options settings.environment response.media_types"
    imports = "; ".join(f"import generator.runtime.{name}" for name in modules.split())
    code = f"import sys; {imports}; sys.exit(any(m in sys.modules for m in ('httpx', 'attrs', 'asyncio')))"
    assert run([sys.executable, "-c", code], check=False).returncode == 0


def test_redacts_a_secret_in_strings_only() -> None:
    data = {"id": 12345678, "of": ["12345678", None, 1.5], "12345678": {"is": "at 12345678."}}
    assert Secret("12345678").redact_json(data) == {
        "id": 12345678,
        "of": ["[redacted]", None, 1.5],
        "[redacted]": {"is": "at [redacted]."},
    }
    assert Secret('a"b\\c-long').redact_json(['a"b\\c-long']) == ["[redacted]"]


def test_redacts_everything_that_is_nested_too_deeply() -> None:
    deep: object = "test-key-long"
    for _ in range(100_000):
        deep = [deep]
    redacted = str(Secret("test-key-long").redact_json(deep)).strip("[]")
    assert redacted == "'[redacted]'"
