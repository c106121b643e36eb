"""Proxies that cannot be used or that fail: errors name the variable and the URL, and hide the password."""

import os
import socket
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from generator.runtime import errors
from generator.runtime.settings.proxies import ProxyAddress, choose_proxy
from generator.runtime.settings.secrets import Secret
from generator.runtime.settings.timeouts import Timeout
from tests.runtime import calls
from tests.runtime.connecting import FIELDS, Client, disconnect, refuse
from tests.runtime.faulty_server import Peer, Script, serve

PASSWORD = "hidden/p@ss#word?"
URL = "https://api.example.com"


@pytest.fixture(params=["sync", "async"])
def client(request: pytest.FixtureRequest) -> Client:
    """Clients with connections of their own; an `http_client` has its own settings."""
    return Client(request.param)


@pytest.fixture(autouse=True)
def no_proxies_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in list(os.environ):
        if variable.lower().endswith("_proxy"):
            monkeypatch.delenv(variable)


def failure(client: Client, error_type: type[errors.SDKError], **options: Any) -> str:
    """Return the message of the error, which shows no password."""
    with pytest.raises(error_type) as caught:
        client.call(URL, calls.PAINT, FIELDS, max_retries=0, **options)
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))
    assert PASSWORD not in repr(vars(caught.value))
    return str(caught.value)


@pytest.mark.parametrize("by", ["proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (f"socks4://user:{PASSWORD}@proxy:1", "socks4://[redacted]@proxy:1"),
        (f"ftp://user:{PASSWORD}@proxy", "ftp://[redacted]@proxy"),
        (f"http://user:{PASSWORD}@proxy:port", "http://[redacted]@proxy:port"),
        (f"http://user:{PASSWORD}@", "http://[redacted]@"),
        ("http://", "http://"),
        ("socks4:proxy:1", "socks4:proxy:1"),
    ],
    ids=["socks4", "ftp", "port", "no host", "nothing", "no slashes"],
)
def test_a_proxy_that_cannot_be_used_is_named(
    client: Client, by: str, url: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if by != "proxy":
        monkeypatch.setenv(by, url)
    message = failure(client, errors.ConfigurationError, **({"proxy": url} if by == "proxy" else {}))
    assert by in message
    assert shown in message
    assert "http://proxy.example.com:3128" in message


def test_a_proxy_without_a_scheme_is_an_http_proxy(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(refuse(407)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f" {proxy.url.removeprefix('http://')} ")
        failure(client, errors.NotSentError)
        assert proxy.received[0].head.startswith(b"CONNECT api.example.com:443 ")


def garbage(peer: Peer) -> None:
    peer.read()
    peer.send(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")


def silence(peer: Peer) -> None:
    peer.read()
    peer.wait_for_end()


def plain_answer(peer: Peer) -> None:
    """Agree to a tunnel, and answer in it without TLS."""
    peer.read()
    peer.send(b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 400 no TLS here\r\n\r\n")
    peer.wait_for_end()


@pytest.mark.parametrize(
    "script", [refuse(407), refuse(502), disconnect, garbage, silence, plain_answer], ids=lambda f: f.__name__
)
def test_a_proxy_that_fails_sent_nothing(
    client: Client, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(script) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("//", "//user:hidden%2Fpass@"))
        message = failure(client, errors.NotSentError, timeout=Timeout(connect=1, read=0.2))
    assert f"the proxy http://[redacted]@{proxy.url.removeprefix('http://')} of HTTPS_PROXY" in message
    assert "hidden" not in message


def refused() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def unknown_name() -> str:
    # RFC 6761, 6.4: no name under .invalid exists.
    return "http://proxy.invalid:3128"


@pytest.mark.parametrize("address", [refused, unknown_name], ids=lambda f: f.__name__)
@pytest.mark.parametrize("by", ["proxy", "ALL_PROXY"])
def test_a_proxy_without_a_connection_is_named(
    client: Client, address: Callable[[], str], by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = address()
    if by != "proxy":
        monkeypatch.setenv(by, url)
    message = failure(client, errors.NotSentError, **({"proxy": url} if by == "proxy" else {}))
    assert message.endswith(f"the proxy {url}" + (f" of {by}" if by != "proxy" else ""))


@pytest.mark.parametrize(
    "exceptions",
    ["http://", "[::1", "*.example.org, ,;", "10.0.0.0/99", "host:port", "\udcff", "[" * 1000],
    ids=["scheme", "bracket", "stars", "range", "port", "not text", "brackets"],
)
@pytest.mark.parametrize("url", [URL, "https://[::1]:9", "https://api.example.com:8443/v1"])
def test_a_no_proxy_that_means_nothing_excepts_nothing(
    exceptions: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy:1")
    monkeypatch.setenv("NO_PROXY", exceptions)
    proxy = choose_proxy(None, url, Secret("test-key"))
    assert str(proxy) == "http://proxy:1 of HTTPS_PROXY"


def test_the_variable_that_counts_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://upper:1")
    monkeypatch.setenv("https_proxy", "http://lower:1")
    assert str(choose_proxy(None, URL, Secret("k"))) == "http://lower:1 of https_proxy"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://proxy:1", "http://proxy:1"),
        (f"http://user:{PASSWORD}@proxy:1", "http://[redacted]@proxy:1"),
        (f"user:{PASSWORD}@proxy:1", "[redacted]@proxy:1"),
        (f"http:/user:{PASSWORD}@proxy:1", "[redacted]@proxy:1"),
        ("http://user:a\nb@proxy:1", "http://[redacted]@proxy:1"),
        ("http://a\nb", "http://a\\nb"),
        ("http://" + "a" * 1000, "http://" + "a" * 93),
    ],
    ids=range(7),
)
def test_the_user_and_password_of_a_proxy_are_not_shown(url: str, shown: str) -> None:
    assert ProxyAddress("proxy", Secret(url)).shown_url == shown
