"""Second ring: bodies that are no object, parameters of one name, servers of single operations."""

import asyncio
import datetime as dt
from types import ModuleType
from typing import Any

import httpx
import pytest

from tests.generator.projects import Projects
from tests.generator.wire import Api, Wire

DONE: dict[str, Any] = {"done": True}


@pytest.fixture
def api(built: Projects) -> Api:
    wire = Wire()
    wire.reply(200, DONE)
    return Api(built.load("places", "places"), "Places", wire)


def operation(built: Projects, name: str) -> ModuleType:
    return built.load("places", f"places.api.{name}")


def things(built: Projects) -> list[Any]:
    thing = built.load("places", "places.models").Thing
    return [thing(body="a"), thing(when=dt.date(2026, 1, 2))]


THINGS: list[Any] = [{"body": "a"}, {"when": "2026-01-02"}]


def test_a_list_is_sent_as_json(built: Projects, api: Api) -> None:
    api.call(operation(built, "lists.add_list"), id=7, body=things(built))
    assert api.wire.sent.json == THINGS
    assert api.wire.sent.target == "/v1/lists/7"


def test_parameters_of_one_name_go_to_their_places(built: Projects, api: Api) -> None:
    api.call(
        operation(built, "lists.add_list"),
        id=7,
        query_id="q",
        header_id="h",
        query_id_2="c",
        body=things(built),
    )
    assert api.wire.sent.target == "/v1/lists/7?id=q"
    assert api.wire.sent.headers["id"] == "h"
    assert api.wire.sent.headers["cookie"] == "query_id=c"


def test_methods_send_lists_and_tell_parameters_apart(built: Projects, api: Api) -> None:
    api.client.lists.add(id=7, query_id="q", body=things(built))
    first = api.wire.sent
    asyncio.run(api.async_client.lists.add(id=7, query_id="q", body=THINGS))
    assert (
        (first.target, first.json)
        == (api.wire.sent.target, api.wire.sent.json)
        == ("/v1/lists/7?id=q", THINGS)
    )


@pytest.mark.parametrize(
    "value", [[1, "a", None], "text", 1.5, False, None, {"body": "x"}, {"body": 1, "c": []}]
)
def test_any_json_is_sent_as_it_is(built: Projects, api: Api, value: Any) -> None:
    api.call(operation(built, "lists.put_any"), body=value)
    assert api.wire.sent.json == value
    api.client.lists.put(body=value)
    assert api.wire.sent.json == value


@pytest.mark.parametrize("name", ["put_any", "put_maybe", "put_thing"])
def test_an_optional_body_that_is_left_out_is_not_sent(built: Projects, api: Api, name: str) -> None:
    api.call(operation(built, f"lists.{name}"))
    assert api.wire.sent.content == b""
    assert "content-type" not in api.wire.sent.headers


def test_an_empty_object_is_sent(built: Projects, api: Api) -> None:
    api.call(operation(built, "lists.put_thing"), body=built.load("places", "places.models").Thing())
    assert api.wire.sent.json == {}


@pytest.mark.parametrize("value", [[1, 2], None, {"body": "x"}, {"when": "2026-01-02"}])
def test_a_body_is_a_list_or_an_object_or_null(built: Projects, api: Api, value: Any) -> None:
    api.call(operation(built, "lists.put_maybe"), body=value, media_type="application/json")
    assert api.wire.sent.json == value


def test_another_media_type_takes_text(built: Projects, api: Api) -> None:
    api.call(operation(built, "lists.put_maybe"), body="[1]", media_type="text/plain")
    assert (api.wire.sent.headers["content-type"], api.wire.sent.content) == ("text/plain", b"[1]")


@pytest.mark.parametrize(
    ("value", "sent"),
    [({"body": "a b", "x": "&"}, b"body=a+b&x=%26"), ("a=1&b=2", b"a=1&b=2"), (["a=1", "b=2"], b"a=1&b=2")],
)
def test_a_form_that_is_no_object_is_sent_as_written(
    built: Projects, api: Api, value: Any, sent: bytes
) -> None:
    api.call(operation(built, "lists.send_form"), body=value)
    assert api.wire.sent.content == sent
    assert api.wire.sent.headers["content-type"] == "application/x-www-form-urlencoded"


def test_events_are_a_list_of_what_they_hold(built: Projects, api: Api) -> None:
    content = b'event: thing\ndata: {"body": "a"}\n\n: a comment\ndata: 7\n\ndata: [DONE]\n\n'
    api.wire.reply(200, content, "text/event-stream; charset=utf-8")
    first, second = api.call(operation(built, "lists.listen"))
    assert (first.body, second) == ("a", 7)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'data: {"body": "a"}\n\ndata: 7', "its last event is not whole"),
        (b"data: true\n\n", "/0: expected an object, not a boolean"),
        (b"data: soon\n\n", "it is not JSON"),
    ],
)
def test_events_that_do_not_fit_are_refused(built: Projects, api: Api, content: bytes, why: str) -> None:
    api.wire.reply(200, content, "text/event-stream")
    with pytest.raises(built.load("places", "places").UnexpectedResponseError, match=why):
        api.call(operation(built, "lists.listen"))


SERVERS = {
    "list_uploads": "https://eu.uploads.example.com/v2/uploads",
    "put_upload": "https://places.example.com/v3/uploads",
    "post_upload": "https://places.example.com/v4/uploads",
    "delete_upload": "https://places.example.com/v1/uploads",
}


@pytest.mark.parametrize("name", SERVERS)
def test_an_operation_is_sent_to_its_own_server(built: Projects, api: Api, name: str) -> None:
    api.wire.answer = httpx.Response(204)
    api.call(operation(built, f"servers.{name}"))
    assert api.wire.sent.url == SERVERS[name]


CHOSEN = {
    "list_uploads": "http://127.0.0.1:9/mock/uploads",
    "put_upload": "http://127.0.0.1:9/v3/uploads",
    "post_upload": "http://127.0.0.1:9/v4/uploads",
    "delete_upload": "http://127.0.0.1:9/mock/uploads",
}


@pytest.mark.parametrize("name", CHOSEN)
def test_nothing_leaves_a_server_that_was_chosen(built: Projects, name: str) -> None:
    api = Api(built.load("places", "places"), "Places", Wire(), base_url="http://127.0.0.1:9/mock")
    api.call(operation(built, f"servers.{name}"))
    assert api.wire.sent.url == CHOSEN[name]


def test_the_docstring_tells_where_an_operation_goes(built: Projects) -> None:
    doc = operation(built, "servers.list_uploads").sync_detailed.__doc__
    assert "It is sent to https://eu.uploads.example.com/v2, unless a base_url was chosen." in doc
