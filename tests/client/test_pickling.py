"""Copies and pickles of clients: they work on connections of their own, and no pickle holds a secret."""

import asyncio
import copy
import logging
import pickle
import ssl
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from eigen_generate import (
    AsyncEigenGenerate,
    EigenGenerate,
    Hooks,
    Keepalive,
    Limits,
    Timeout,
    errors,
)
from tests.client.answering import DRAW, PNG
from tests.runtime.faulty_server import Peer, serve
from tests.runtime.private_ca import PrivateCA, https, over_tls

KEY = "test-key-which-is-long"
PASSWORD = "open-sesame"
FAR = "https://api.example.com"

kinds = pytest.mark.parametrize("kind", [EigenGenerate, AsyncEigenGenerate])
Client = EigenGenerate | AsyncEigenGenerate


@pytest.fixture(autouse=True)
def key_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EIGENAI_API_KEY", KEY)
    for name in ("SSL_CERT_FILE", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def draw(client: Client) -> bytes:
    """Draw with a client, and leave its connections open if they outlive an event loop."""
    if isinstance(client, EigenGenerate):
        return client.images.generate(**DRAW).content
    return asyncio.run(_draw_async(client))


async def _draw_async(client: AsyncEigenGenerate) -> bytes:
    return (await client.images.generate(**DRAW)).content


def close(client: Client) -> None:
    if isinstance(client, EigenGenerate):
        client.close()
    else:
        asyncio.run(client.close())


def succeed(peer: Peer) -> None:
    while peer.has_request():
        peer.read()
        peer.answer(200, PNG, "Content-Type: image/png")


def round_trip(client: Client) -> Client:
    pickled = pickle.dumps(client)
    assert KEY.encode() not in pickled
    copied: Client = pickle.loads(pickled)
    return copied


@kinds
@pytest.mark.parametrize("copy_it", [copy.deepcopy, round_trip], ids=["deepcopy", "pickle"])
def test_a_copy_works_on_connections_of_its_own(kind: Any, copy_it: Any) -> None:
    with serve(*[succeed] * 5) as server:
        client = kind(base_url=server.url)
        assert draw(client) == PNG
        copied = copy_it(client)
        assert type(copied) is kind
        assert draw(copied) == PNG
        assert len(server.connections) == 2
        close(client)
        assert draw(copied) == PNG
        close(copied)
        with pytest.raises(errors.ConfigurationError, match="closed"):
            draw(copied)
    assert all(f"Bearer {KEY}".encode() in request.head for request in server.received)


@kinds
def test_a_shallow_copy_shares_the_connections(kind: Any) -> None:
    with serve(succeed) as server:
        client = kind(base_url=server.url)
        copied = copy.copy(client)
        assert draw(copied) == PNG
        close(client)
        with pytest.raises(errors.ConfigurationError, match="closed"):
            draw(copied)


@kinds
def test_every_part_of_a_copy_belongs_to_the_copy(kind: Any) -> None:
    client = kind()
    for copied in (copy.deepcopy(client), round_trip(client)):
        assert copied.core is not client.core
        parts: list[object] = [vars(copied)[name] for name in ("images", "audio", "videos")]
        assert [part for part in parts if vars(part)["_core"] is not copied.core] == []


@kinds
def test_a_deep_copy_keeps_a_key_and_an_http_client_of_the_callers(kind: Any) -> None:
    key = "another-key-of-mine"

    async def draw_async(url: str) -> bytes:
        async with httpx.AsyncClient() as http_client:
            client = AsyncEigenGenerate(api_key=key, base_url=url, http_client=http_client)
            return await _draw_async(copy.deepcopy(client))

    with serve(succeed) as server:
        if kind is AsyncEigenGenerate:
            assert asyncio.run(draw_async(server.url)) == PNG
        else:
            with httpx.Client() as http_client:
                client = EigenGenerate(api_key=key, base_url=server.url, http_client=http_client)
                assert draw(copy.deepcopy(client)) == PNG
    assert b"Bearer another-key-of-mine" in server.received[0].head


def hook(_: object) -> None: ...


def inner_function() -> Callable[[int, int, int | None], None]:
    def inner(_: int, __: int, ___: int | None) -> None: ...

    return inner


class Counter:
    """Hooks that know their client, which a pickle holds once."""

    def __init__(self) -> None:
        self.count = 0
        self.client = EigenGenerate(hooks=Hooks(request=self.request))

    def request(self, _: object) -> None:
        self.count += 1


@kinds
def test_a_pickle_keeps_the_options(kind: Any, tmp_path: Path) -> None:
    both, _, _ = PrivateCA(tmp_path).client_files()
    client = kind(
        base_url=FAR,
        timeout=Timeout(read=7, total=9),
        max_retries=5,
        hooks=Hooks(request=hook, error=partial(hook)),
        proxy="http://proxy:1",
        limits=Limits(max_connections=3),
        keepalive=None,
        verify=tmp_path / "authority.pem",
        cert=both,
    ).with_options(max_elapsed=11, idempotency_header="X-Once")
    copied = round_trip(client)
    assert repr(copied) == repr(client)
    before, after = (vars(each.core)["_options"]._asdict() for each in (client, copied))
    assert after.pop("hooks").request is before.pop("hooks").request is hook
    assert after == before
    before, after = (vars(each.core)["_connection"]._asdict() for each in (client, copied))
    assert after.pop("proxy").url.reveal() == before.pop("proxy").url.reveal() == "http://proxy:1"
    assert after.pop("cert").path == before.pop("cert").path == str(both)
    assert after == before
    assert after["keepalive"] is None


def test_a_pickle_may_hold_hooks_that_know_their_client() -> None:
    counter: Counter = pickle.loads(pickle.dumps(Counter()))
    with serve(succeed) as server:
        client = counter.client.with_options()
        vars(client.core)["base_url"] = server.url
        client.images.generate(**DRAW)
        client.close()
    assert counter.count == 1


@kinds
def test_the_other_process_reads_its_own_environment(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:{PASSWORD}@here:1")
    monkeypatch.setenv("EIGENAI_BASE_URL", "https://here.example")
    pickled = pickle.dumps(kind())
    assert KEY.encode() not in pickled
    assert PASSWORD.encode() not in pickled
    monkeypatch.setenv("HTTPS_PROXY", "http://there:1")
    monkeypatch.setenv("EIGENAI_BASE_URL", "https://there.example")
    copied = pickle.loads(pickled)
    assert copied.core.base_url == "https://there.example"
    assert cast("Any", vars(copied.core)["_connection"]).proxy.url.reveal() == "http://there:1"
    monkeypatch.delenv("EIGENAI_API_KEY")
    with pytest.raises(errors.ConfigurationError, match="EIGENAI_API_KEY"):
        pickle.loads(pickled)


@kinds
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"api_key": KEY}, "api_key: .*EIGENAI_API_KEY"),
        ({"proxy": f"http://user:{PASSWORD}@proxy:1"}, "proxy: .*HTTPS_PROXY"),
        ({"verify": ssl.create_default_context()}, "verify: .*path of a PEM file"),
        ({"hooks": Hooks(response=lambda _: None)}, "hooks: response: .*<lambda>"),
        ({"hooks": Hooks(upload=partial(inner_function(), 1))}, "hooks: upload: .*<locals>"),
        ({"http_client": ...}, "http_client: .*make the client in the other process"),
    ],
    ids=["key", "proxy", "context", "lambda", "partial", "http_client"],
)
def test_what_cannot_travel_is_named_in_one_line(kind: Any, options: dict[str, Any], words: str) -> None:
    if "http_client" in options:
        options = {"http_client": httpx.Client() if kind is EigenGenerate else httpx.AsyncClient()}
    client = kind(base_url=FAR, **options)
    with pytest.raises(TypeError, match=f"^{words}") as caught:
        pickle.dumps(client)
    text = str(caught.value)
    assert "\n" not in text
    assert KEY not in text
    assert PASSWORD not in text


@kinds
def test_the_password_of_a_certificate_does_not_travel(kind: Any, tmp_path: Path) -> None:
    _, chain, key = PrivateCA(tmp_path).client_files(PASSWORD)
    with pytest.raises(TypeError, match=r"^cert: .*password") as caught:
        pickle.dumps(kind(cert=(chain, key, PASSWORD)))
    assert PASSWORD not in str(caught.value)


@kinds
@pytest.mark.parametrize("copy_it", [copy.deepcopy, round_trip], ids=["deepcopy", "pickle"])
def test_a_copy_trusts_and_presents_the_same(kind: Any, copy_it: Any, tmp_path: Path) -> None:
    authority = PrivateCA(tmp_path)
    both, _, _ = authority.client_files()
    script = over_tls(succeed, authority.server_context(asks_for_certificate=True))
    with serve(script) as server:
        copied = copy_it(kind(base_url=https(server.url), verify=authority.path, cert=both))
        assert draw(copied) == PNG
        close(copied)


@kinds
def test_a_hook_of_another_kind_raises_its_own_error(kind: Any) -> None:
    class Inner:
        def __call__(self, _: object) -> None: ...

    with pytest.raises((AttributeError, pickle.PicklingError), match="Inner"):
        pickle.dumps(kind(hooks=Hooks(request=Inner())))


def test_keepalive_and_loggers_are_those_of_the_copy() -> None:
    copied = round_trip(EigenGenerate(keepalive=Keepalive(idle=9)))
    assert vars(copied.core)["_connection"].keepalive.idle == 9
    assert vars(copied.core)["_context"].logger is logging.getLogger("eigen_generate")
