"""How clients connect: proxies, limits and addresses; what cannot be is refused when the client is made."""

import asyncio
import pickle
import traceback
from typing import Any

import pytest

from eigen_generate import AsyncEigenGenerate, EigenGenerate, Limits, errors
from tests.client.answering import DRAW, PNG, URL
from tests.runtime.faulty_server import Peer, serve

KEY = "test-key-which-is-long"
FAR = "https://api.example.com"
PASSWORD = "hidden-one"
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def draw(kind: str, **options: Any) -> Any:
    """Make a client of a kind, let what `later` names happen, and draw."""
    later = options.pop("later", bool)
    if kind == "sync":
        with EigenGenerate(api_key=KEY, max_retries=0, **options) as client:
            later()
            return client.images.generate(**DRAW)

    async def run() -> Any:
        async with AsyncEigenGenerate(api_key=KEY, max_retries=0, **options) as client:
            later()
            return await client.images.generate(**DRAW)

    return asyncio.run(run())


both = pytest.mark.parametrize("kind", ["sync", "async"])


def refuse_tunnel(peer: Peer) -> None:
    peer.read()
    peer.answer(407, b"", "Connection: close")


def succeed(peer: Peer) -> None:
    peer.read()
    peer.answer(200, PNG, "Content-Type: image/png", "Connection: close")


@both
@pytest.mark.parametrize("by", ["argument", "HTTPS_PROXY", "ALL_PROXY"])
def test_a_proxy_makes_tunnels_and_never_sees_the_key(
    kind: str, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(refuse_tunnel) as proxy:
        options: dict[str, Any] = {"proxy": proxy.url} if by == "argument" else {}
        if not options:
            monkeypatch.setenv(by, proxy.url.removeprefix("http://"))
        with pytest.raises(errors.NotSentError, match="the proxy made no connection"):
            draw(kind, base_url=FAR, limits=Limits(max_connections=1), **options)
    (request,) = proxy.received
    assert request.head.startswith(b"CONNECT api.example.com:443 ")
    assert KEY.encode() not in request.head


@both
def test_a_key_in_clear_goes_past_the_proxies_of_the_environment(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(succeed) as proxy, serve(succeed) as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        assert draw(kind, base_url=server.url).content == PNG
        assert proxy.connections == []


def test_a_key_in_clear_is_refused_a_proxy() -> None:
    with pytest.raises(errors.ConfigurationError, match="key unencrypted"):
        EigenGenerate(api_key=KEY, base_url=URL, proxy="http://127.0.0.1:1")


@both
def test_the_environment_is_read_when_a_client_is_made(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(refuse_tunnel) as proxy:
        with pytest.raises(errors.NotSentError):
            draw(
                kind,
                base_url="https://127.0.0.1:9",
                later=lambda: monkeypatch.setenv("HTTPS_PROXY", proxy.url),
            )
        assert proxy.connections == []


def test_the_environment_says_what_needs_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(refuse_tunnel) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        with pytest.raises(errors.NotSentError):
            draw("sync", base_url="https://127.0.0.1:9")
        assert proxy.connections == []


@pytest.mark.parametrize("by", ["argument", "environment"])
@pytest.mark.parametrize(
    ("proxy", "words"),
    [
        (f"socks5://u:{PASSWORD}@127.0.0.1:1", "socksio is not installed"),
        (f"foo://u:{PASSWORD}@h:1", "is not the URL"),
        (f"http://u:{PASSWORD}@h:99999", "is not the URL"),
        (f"http://u:{PASSWORD}@a..b", "is not the URL"),
    ],
)
@pytest.mark.parametrize("kind", [EigenGenerate, AsyncEigenGenerate])
def test_what_is_no_proxy_is_refused_at_once(
    kind: Any, proxy: str, words: str, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", _finds_nothing)
    if by == "environment":
        monkeypatch.setenv("HTTPS_PROXY", proxy)
    options = {"proxy": proxy} if by == "argument" else {}
    with pytest.raises(errors.ConfigurationError, match=f"^proxy: .*{words}") as caught:
        kind(api_key=KEY, base_url=FAR, **options)
    assert_hidden(caught.value)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("limits", {"max_connections": 3}),
        ("limits", None),
        ("limits", Limits(max_connections=-1)),
        ("limits", Limits(max_keepalive_connections=1.5)),  # type: ignore[arg-type]
        ("limits", Limits(keepalive_expiry="a")),  # type: ignore[arg-type]
        ("http2", None),
        ("http2", 1),
    ],
    ids=repr,
)
def test_a_wrong_way_to_connect_is_named(option: str, value: Any) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^{option}: "):
        EigenGenerate(api_key=KEY, base_url=FAR, **{option: value})


def test_a_proxy_that_is_no_text_is_refused() -> None:
    with pytest.raises(errors.ConfigurationError, match=r"^proxy: "):
        EigenGenerate(api_key=KEY, base_url=FAR, proxy=123)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "host",
    ["ex\xe4mple..com", "[v1.x]", "a..b", "a" * 70 + ".com", ".", "x/" + "a" * 70_000],
    ids=lambda h: h[:9],
)
def test_a_base_url_without_a_host_is_refused_at_once(host: str) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"^base_url: ") as caught:
        EigenGenerate(api_key=KEY, base_url=f"https://{host}")
    assert len(str(caught.value)) < 300


def test_a_name_with_a_dot_at_its_end_is_a_host() -> None:
    assert EigenGenerate(api_key=KEY, base_url="https://api.example.com.").core.base_url.endswith(".com.")


def test_a_parameter_that_makes_no_url_is_an_argument_error() -> None:
    with (
        EigenGenerate(api_key=KEY, base_url=URL) as client,
        pytest.raises(errors.ArgumentError, match=r"make no URL.*too long") as caught,
    ):
        client.videos.status(job_id="a" * 70_000, model="m")
    assert_hidden(caught.value)


def _finds_nothing(_: str) -> None: ...


def assert_hidden(error: BaseException, *secrets: str) -> None:
    """See that neither the error nor the locals of its traceback hold a secret."""
    tree: list[BaseException] = [error]
    for one in tree:
        tree += [other for other in (one.__cause__, one.__context__) if other is not None]
    shown = [str(error)]
    for one in tree:
        report = traceback.TracebackException.from_exception(one, capture_locals=True)
        frames = [frame for frame in report.stack if "/tests/" not in frame.filename]
        shown += [repr(frame.locals) for frame in frames]
    found = [text for text in shown for secret in (KEY, PASSWORD, *secrets) if secret in text]
    assert found == []
    assert "repr raises" not in repr(shown)


@pytest.mark.parametrize(
    "options",
    [
        {"base_url": "ftp://x"},
        {"base_url": "http://example.com"},
        {"base_url": f"https://user:{PASSWORD}@h:99999"},
        {"base_url": f"https://user:{PASSWORD}@h"},
        {"base_url": f"https://us@er:{PASSWORD}/@h"},
        {"max_retries": -1},
        {"timeout": -1},
        {"colour": "red"},
        {"conformance": "x"},
        {"proxy": f"zzz://u:{PASSWORD}@h"},
        {"proxy": f"http://u:{PASSWORD}@h", "http_client": 5},
    ],
    ids=repr,
)
@pytest.mark.parametrize("kind", [EigenGenerate, AsyncEigenGenerate])
def test_no_failure_to_make_a_client_shows_its_secrets(kind: Any, options: Any) -> None:
    with pytest.raises((errors.EigenGenerateError, TypeError)) as caught:
        kind(**{"api_key": KEY, "base_url": FAR, **options})
    assert_hidden(caught.value)


@pytest.mark.parametrize("kind", [EigenGenerate, AsyncEigenGenerate])
def test_a_client_that_was_not_made_has_a_repr(kind: Any) -> None:
    assert repr(kind.__new__(kind)) == f"{kind.__name__}(base_url=None)"


@both
def test_no_failure_to_connect_shows_the_password_of_a_proxy(kind: str) -> None:
    with serve(refuse_tunnel) as proxy, pytest.raises(errors.NotSentError) as caught:
        draw(kind, base_url=FAR, proxy=proxy.url.replace("//", f"//u:{PASSWORD}@"))
    assert_hidden(caught.value, "Basic ")


def test_the_asynchronous_transport_does_not_show_the_password_of_its_proxy() -> None:
    client = AsyncEigenGenerate(api_key=KEY, base_url=FAR, proxy=f"http://u:{PASSWORD}@127.0.0.1:1")
    transport: object = vars(client.core)["_transport"]
    assert PASSWORD not in repr((vars(client), vars(client.core), vars(transport)))


@both
@pytest.mark.parametrize("status", [200, 302])
def test_a_key_that_the_server_repeats_in_headers_is_struck_out(kind: str, status: int) -> None:
    def echo(peer: Peer) -> None:
        peer.read()
        echoed = (f"Location: https://other.example/?key={KEY}", f"X-Request-Id: r-{KEY}", f"X-Echo: {KEY}")
        peer.answer(status, b"<html>", "Content-Type: text/html", "Connection: close", *echoed)

    with serve(echo) as server, pytest.raises(errors.EigenGenerateError) as caught:
        draw(kind, base_url=server.url)
    assert caught.value.request_id == "r-[redacted]"
    assert KEY not in str(caught.value) + repr(vars(caught.value))
    assert KEY.encode() not in pickle.dumps(caught.value)


def test_a_short_key_is_struck_out_where_it_is_a_word() -> None:
    def echo(peer: Peer) -> None:
        peer.read()
        peer.answer(400, b'{"message": "a cat costs 5 (key a)"}')

    with (
        serve(echo) as server,
        EigenGenerate(api_key="a", base_url=server.url) as client,
        pytest.raises(errors.BadRequestError) as caught,
    ):
        client.images.generate(**DRAW)
    assert caught.value.message == "[redacted] cat costs 5 (key [redacted])"
