"""What callers choose: options, hooks, and what happens to them on the way."""

import asyncio
import gc
import logging
import warnings
from typing import Any

import pytest

from eigen_generate import AsyncEigenGenerate, EigenGenerate, Hooks, errors
from tests.client.answering import DRAW, PNG, URL, refusing, says
from tests.runtime.faulty_server import Peer, serve


def test_retry_unknown_is_for_the_client_or_for_one_call() -> None:
    assert refusing(500).client(retry_unknown=True).images.generate(**DRAW).meta.attempts == 2
    assert refusing(500).client().images.generate(**DRAW, retry_unknown=True).meta.attempts == 2
    with pytest.raises(errors.ServerError):
        refusing(500).client(retry_unknown=True).images.generate(**DRAW, retry_unknown=False)
    wire = refusing(500)
    with pytest.raises(errors.ArgumentError, match=r"^retry_unknown: 'false' is not True or False"):
        wire.client().images.generate(**DRAW, retry_unknown="false")  # type: ignore[arg-type]
    assert wire.requests == []


def test_all_attempts_of_a_call_share_an_idempotency_key() -> None:
    wire = refusing(429)
    client = wire.client(idempotency_header="Idempotency-Key")
    client.images.generate(**DRAW)
    client.images.generate(**DRAW)
    sent = [request.headers["idempotency-key"] for request in wire.requests]
    assert sent[0] == sent[1] != sent[2]
    assert (
        "idempotency-key"
        not in client.with_options(idempotency_header=None).prepare.images.generate(**DRAW).headers
    )


def test_a_get_needs_no_idempotency_header() -> None:
    wire = says(b'{"status": "completed"}', "application/json")
    wire.client(idempotency_header="Idempotency-Key").videos.status(job_id="j", model="m")
    assert "idempotency-key" not in wire.requests[0].headers


def test_a_copy_keeps_the_class_and_attributes_of_a_subclass() -> None:
    class Tenant(EigenGenerate):
        __slots__ = ("place",)

        def __init__(self, tenant: str) -> None:
            super().__init__(api_key="test-key", base_url=URL)
            self.__dict__["tenant"] = tenant
            self.place = "here"

        @property
        def tenant(self) -> str:
            return str(self.__dict__["tenant"])

    client = Tenant("a")
    assert client.images is client.images
    other = client.with_options(max_retries=0)
    assert (type(other), other.tenant, other.place) == (Tenant, "a", "here")
    assert other.images is not client.images
    assert client.images is client.images


def test_a_copy_takes_every_option_and_leaves_the_original() -> None:
    wire = refusing(500)
    client = wire.client(max_retries=1)
    other = client.with_options(
        timeout=5,
        max_retries=0,
        max_elapsed=1.0,
        retry_unknown=True,
        spool=True,
        max_response_size=9,
        max_response_ratio=None,
        hooks=Hooks(),
        conformance="off",
    )
    with pytest.raises(errors.ServerError):
        other.images.generate(**DRAW)
    with pytest.raises(errors.ResponseTooLargeError):
        other.images.generate(**DRAW)
    assert client.images.generate(**DRAW).content == PNG
    assert wire.requests[0].extensions["timeout"]["read"] == 5
    assert wire.requests[2].extensions["timeout"]["read"] == 180


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("max_retries", -1),
        ("max_elapsed", float("nan")),
        ("retry_unknown", 1),
        ("idempotency_header", "a: b"),
        ("idempotency_header", "Authorization"),
        ("idempotency_header", "content-length"),
        ("spool", None),
        ("max_response_size", 1.5),
        ("max_response_ratio", 0),
        ("hooks", print),
        ("conformance", "strict"),
        ("timeout", -1),
    ],
)
def test_a_wrong_option_is_named(option: str, value: Any) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^{option}: "):
        says(PNG, "image/png").client(**{option: value})


def test_an_unknown_option_or_argument_is_a_type_error() -> None:
    client = says(PNG, "image/png").client()
    with pytest.raises(TypeError, match="colour"):
        client.with_options(colour="red")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="colour"):
        client.images.generate(**DRAW, colour="red")  # type: ignore[call-arg]


def test_refuses_connection_options_that_cannot_be_used() -> None:
    with pytest.raises(errors.ConfigurationError, match="http_client"):
        says(PNG, "image/png").client(proxy="http://127.0.0.1:1")
    with pytest.raises(errors.ConfigurationError, match=r"^proxy: ") as caught:
        EigenGenerate(api_key="test-key", base_url=URL, proxy="ftp://u:hidden@h")
    assert "hidden" not in str(caught.value)
    with pytest.raises(errors.ConfigurationError, match="h2 is not installed"):
        EigenGenerate(api_key="test-key", base_url=URL, http2=True)


def test_redirects_are_never_followed_and_the_key_goes_nowhere_else() -> None:
    with serve() as other:

        def redirect(peer: Peer) -> None:
            peer.read()
            peer.answer(302, b"", f"Location: {other.url}/elsewhere")

        with (
            serve(redirect, redirect) as server,
            EigenGenerate(api_key="test-key", base_url=server.url) as client,
        ):
            with pytest.raises(errors.StatusError, match="not followed"):
                client.images.generate(**DRAW)
            with pytest.raises(errors.StatusError, match="not followed"):
                client.videos.status(job_id="j", model="m")
        assert other.connections == []


def test_each_event_loop_has_its_connections_and_closes_them_at_its_end() -> None:
    ended: list[bool] = []

    def draw_twice(peer: Peer) -> None:
        for _ in range(2):
            peer.read()
            peer.answer(200, PNG, "Content-Type: image/png")
        peer.wait_for_end()
        ended.append(True)

    with serve(draw_twice, draw_twice) as server:
        client = AsyncEigenGenerate(api_key="test-key", base_url=server.url)

        async def twice() -> None:
            await client.images.generate(**DRAW)
            await client.images.generate(**DRAW)

        with warnings.catch_warnings():
            warnings.simplefilter("error", ResourceWarning)
            asyncio.run(twice())
            asyncio.run(twice())
            gc.collect()
        assert (len(server.connections), len(server.received)) == (2, 4)
    assert ended == [True, True]


def test_a_closed_client_is_closed_in_every_loop() -> None:
    client = says(PNG, "image/png").async_client()
    own = AsyncEigenGenerate(api_key="test-key", base_url=URL)

    async def close_and_call(one: AsyncEigenGenerate) -> None:
        await one.close()
        await one.images.generate(**DRAW)

    asyncio.run(close_and_call(client))  # the connections are the caller's: closing closes nothing
    with pytest.raises(errors.ConfigurationError, match="closed"):
        asyncio.run(close_and_call(own))


def test_logs_sizes_and_no_content(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="eigen_generate"):
        says(PNG, "image/png").client().images.generate(model="m", prompt="a secret wish")
    assert "sent 38 bytes" in caplog.text
    assert "secret wish" not in caplog.text
    assert "test-key" not in caplog.text
