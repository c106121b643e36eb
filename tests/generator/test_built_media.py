"""Second ring: answers are read by their media type, keys go where the contract says."""

import base64
from typing import Any

import pytest

from tests.generator.projects import Projects
from tests.generator.wire import Api, Wire


@pytest.fixture
def media(built: Projects) -> Api:
    return Api(built.load("media", "media"), "Media", Wire())


@pytest.mark.parametrize(
    ("status", "media_type", "body", "parsed"),
    [
        (200, "image/webp", b"RIFF", b"RIFF"),
        (200, "text/plain; charset=latin-1", b"\xe9", "é"),
        (200, "text/html", b"<p>", "<p>"),
        (202, "application/json", b"", None),
    ],
)
def test_reads_an_answer_by_its_media_type(
    built: Projects, media: Api, status: int, media_type: str, body: bytes, parsed: Any
) -> None:
    media.wire.reply(status, body, media_type)
    assert media.call(built.load("media", "media.api.render.render"), as_="x") == parsed
    assert media.wire.sent.target == "/render?as=x"
    assert "image/*" in media.wire.sent.headers["accept"]


@pytest.mark.parametrize("media_type", ["application/json", "application/vnd.render+json; v=1"])
def test_reads_json_under_every_name_of_it(built: Projects, media: Api, media_type: str) -> None:
    media.wire.reply(200, b'{"pages":3}', media_type)
    assert media.call(built.load("media", "media.api.render.render")).pages == 3


def test_reads_a_range_of_statuses(built: Projects, media: Api) -> None:
    media.wire.reply(206, {"a": 1})
    assert media.call(built.load("media", "media.api.render.render")).additional_properties == {"a": 1}


def test_default_alone_is_a_success(built: Projects, media: Api) -> None:
    media.wire.reply(200, b"line", "text/plain")
    assert media.call(built.load("media", "media.api.render.log")) == "line"


def test_raises_a_failure_whatever_its_media_type(built: Projects, media: Api) -> None:
    media.wire.reply(404, {"title": "No such thing"}, "application/problem+json")
    with pytest.raises(built.load("media", "media").NotFoundError, match="No such thing"):
        media.call(built.load("media", "media.api.render.render"))


@pytest.mark.parametrize(
    ("body", "named", "media_type", "content"),
    [
        (("a.png", b"\x89PNG\r\n\x1a\n"), "image/*", "image/png", b"\x89PNG\r\n\x1a\n"),
        ("Grüße", "text/plain", "text/plain", "Grüße".encode()),
    ],
)
def test_sends_the_media_type_that_was_named(
    built: Projects, media: Api, body: Any, named: str, media_type: str, content: bytes
) -> None:
    media.wire.reply(201)
    media.call(built.load("media", "media.api.render.add_picture"), body=body, media_type=named)
    assert media.wire.sent.headers["content-type"].partition(";")[0] == media_type
    assert media.wire.sent.content == content


@pytest.mark.parametrize(
    ("operation", "header", "value", "target"),
    [
        ("by_header", "x-api-key", "test-key", "/by-header"),
        ("by_query", None, None, "/by-query?api%20key=test-key"),
        ("by_cookie", "cookie", "sid=test-key", "/by-cookie"),
        ("by_basic", "authorization", f"Basic {base64.b64encode(b'test-key').decode()}", "/by-basic"),
        ("by_bearer", "authorization", "Bearer test-key", "/by-bearer"),
        ("by_oauth", "authorization", "Bearer test-key", "/by-oauth"),
        ("by_nothing", None, None, "/open"),
    ],
)
def test_the_key_goes_where_the_contract_says(
    built: Projects, operation: str, header: str | None, value: str | None, target: str
) -> None:
    api = Api(built.load("security", "security"), "Security", Wire())
    api.call(built.load("security", f"security.api.keys.{operation}"))
    sent = api.wire.sent
    assert sent.target == target
    places = {
        name: sent.headers[name] for name in ("x-api-key", "cookie", "authorization") if name in sent.headers
    }
    assert places == ({header: value} if header else {})


def test_operations_without_names_are_called_by_method_and_path(built: Projects) -> None:
    wire = Wire()
    package = built.load("openapi30", "api_3_little_words")
    api = Api(package, "Api3LittleWords", wire, base_url="https://nameless.example.com")
    assert package.__version__ == "0.1.0"
    wire.reply(200, {"title": "Hi"})
    get = built.load("openapi30", "api_3_little_words.api.default.get_users_user_id_posts_post_id")
    assert api.call(get, user_id=1, post_id=2).title == "Hi"
    assert wire.sent.target == "/users/1/posts/2"
