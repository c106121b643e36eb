"""Second ring: an SDK of its own. Methods, overloads, results of every kind, a job that is waited for."""

import asyncio
import base64
import inspect
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.generator.projects import Projects
from tests.generator.wire import Wire

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


class Toys:
    """Both clients of the toy factory over one wire."""

    def __init__(self, package: Any, wire: Wire) -> None:
        sync = httpx.Client(transport=httpx.MockTransport(wire.handle))
        concurrent = httpx.AsyncClient(transport=httpx.MockTransport(wire.handle_async))
        self.package = package
        self.wire = wire
        self.sync = package.ToyFactory(api_key="test-key", http_client=sync)
        self.concurrent = package.AsyncToyFactory(api_key="test-key", http_client=concurrent)

    def call(self, resource: str, method: str, **arguments: Any) -> Any:
        """Call a method of both clients, and give the first's result; both must send the same JSON."""
        found = getattr(getattr(self.sync, resource), method)(**arguments)
        first = self.wire.sent
        other = asyncio.run(getattr(getattr(self.concurrent, resource), method)(**arguments))
        assert type(other) is type(found)
        assert self.wire.sent.target == first.target
        assert self.wire.sent.headers["authorization"] == "Bearer test-key"
        return found


@pytest.fixture
def toys(built: Projects) -> Toys:
    return Toys(built.load("sdk", "toy_factory"), Wire())


def test_a_method_takes_the_members_of_all_its_variants(toys: Toys) -> None:
    signature = inspect.signature(toys.sync.toys.order)
    members = ["name", "wheels", "paint", "engraving", "drawing"]
    assert list(signature.parameters) == [*members, "extra", "timeout", "retry_unknown"]
    assert {one.kind for one in signature.parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert signature.parameters["name"].annotation == "str"
    assert signature.parameters["paint"].annotation.replace('"', "'") == "Literal['red', 'blue'] | str | None"
    assert signature.parameters["engraving"].annotation == "str | None | Unset"
    assert signature.parameters["drawing"].annotation == "FileInput | None"
    assert signature.parameters["name"].default is inspect.Parameter.empty


def test_a_job_knows_its_id_and_what_is_needed_later(toys: Toys) -> None:
    toys.wire.reply(202, {"order": "o-1", "state": "new"})
    order = toys.call("toys", "order", name="duck", wheels=3, engraving=None)
    assert toys.wire.sent.json == {"name": "duck", "wheels": 3, "engraving": None}
    assert (order.order_id, order.state) == ("o-1", "new")


def test_a_file_makes_a_form(toys: Toys) -> None:
    toys.wire.reply(202, {"order": "o-1"})
    toys.call("toys", "order", name="duck", drawing=("d.png", PNG), extra={"speed": 2})
    assert [(part.name, part.filename, part.content) for part in toys.wire.sent.parts] == [
        ("name", None, b"duck"),
        ("drawing", "d.png", PNG),
        ("speed", None, b"2"),
    ]


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("image/png", PNG),
        ("application/json", json.dumps({"picture": base64.b64encode(PNG).decode()}).encode()),
    ],
)
def test_media_are_the_same_however_they_come(
    toys: Toys, tmp_path: Path, media_type: str, body: bytes
) -> None:
    toys.wire.reply(200, body, media_type)
    picture = toys.call("toys", "picture", order="o-1")
    assert (picture.content, picture.media_type) == (PNG, "image/png")
    assert picture.save(tmp_path / "toy").read_bytes() == PNG
    assert toys.wire.sent.target == "/toys/picture?order=o-1"


@pytest.mark.parametrize(
    ("media_type", "body"), [("text/plain", b"Duck"), ("application/json", b'{"label":"Duck"}')]
)
def test_a_text_is_the_same_however_it_comes(toys: Toys, media_type: str, body: bytes) -> None:
    toys.wire.reply(200, body, media_type)
    assert toys.call("toys", "label", lines=["Duck"], frame={"width": 2}).text == "Duck"
    assert toys.wire.sent.json == {"lines": ["Duck"], "frame": {"width": 2}}


def test_a_record_has_properties(toys: Toys) -> None:
    toys.wire.reply(200, {"name": "duck", "price": 3, "sold": False})
    toy = toys.call("toys", "status", order="o-1")
    assert (toy.name, toy.price, toy.sold) == ("duck", 3, False)


def test_a_record_without_what_it_promises_is_refused(toys: Toys) -> None:
    toys.wire.reply(200, {"price": 3})
    with pytest.raises(toys.package.UnexpectedResponseError, match="/name"):
        toys.sync.toys.status(order="o-1")


def test_waiting_asks_until_it_is_made(built: Projects) -> None:
    states = iter(["new", "painting", "made", "new", "made"])
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.raw_path.decode())
        if "picture" in asked[-1]:
            return httpx.Response(200, content=PNG, headers={"content-type": "image/png"})
        return httpx.Response(200, json={"name": "duck", "state": next(states)})

    package = built.load("sdk", "toy_factory")
    transport = httpx.MockTransport(answer)
    sync = package.ToyFactory(api_key="test-key", http_client=httpx.Client(transport=transport))
    seen: list[Any] = []
    picture = sync.toys.wait("o-1", name="duck", interval=0.001, on_progress=seen.append)
    assert picture.content == PNG
    assert [toy.data["state"] for toy in seen] == ["new", "painting", "made"]
    assert asked[-1] == "/toys/picture?order=o-1&name=duck"
    concurrent = package.AsyncToyFactory(
        api_key="test-key", http_client=httpx.AsyncClient(transport=transport)
    )
    assert asyncio.run(concurrent.toys.wait("o-1", name="duck", interval=0.001)).content == PNG


def test_an_overload_streams(toys: Toys) -> None:
    events = [{"type": "note", "sound": base64.b64encode(b"la").decode()}, {"type": "end"}]
    body = "".join(f"data: {json.dumps(event)}\n\n" for event in events).encode()
    toys.wire.reply(200, body, "text/event-stream")
    with toys.sync.songs.sing(words="la", stream=True) as stream:
        assert b"".join(stream) == b"la"
    assert toys.wire.sent.json == {"words": "la", "stream": True}

    async def sing() -> bytes:
        async with await toys.concurrent.songs.sing(words="la", stream=True) as stream:
            return b"".join([chunk async for chunk in stream])

    assert asyncio.run(sing()) == b"la"


def test_without_the_overload_it_is_a_file(toys: Toys) -> None:
    wav = b"RIFF\x00\x00\x00\x00WAVE"
    toys.wire.reply(200, wav, "audio/wav")
    assert toys.call("songs", "sing", words="la").content == wav


def test_the_key_and_the_server_come_from_the_environment(
    built: Projects, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = built.load("sdk", "toy_factory")
    monkeypatch.delenv("TOY_KEY", raising=False)
    with pytest.raises(package.ConfigurationError, match="TOY_KEY"):
        package.ToyFactory()
    monkeypatch.setenv("TOY_KEY", "test-key")
    monkeypatch.setenv("TOY_URL", "https://other.example.com")
    assert "https://other.example.com" in repr(package.ToyFactory())
