"""Second ring: the methods of `notes.yaml`, which has no `x-sdk`: names, arguments, results, laziness."""

import asyncio
import datetime as dt
import inspect
import subprocess
import sys
from typing import Any

import httpx
import pytest

from generator.__main__ import main
from tests.generator.projects import GOLDEN, Projects
from tests.generator.wire import Api, Wire

NOTE = {"id": 7, "text": "Buy milk", "written": "2024-02-29"}


@pytest.fixture
def api(built: Projects) -> Api:
    return Api(built.load("notes", "notes"), "Notes", Wire())


@pytest.fixture
def models(built: Projects) -> Any:
    return built.load("notes", "notes.models")


def call(api: Api, method: str, **arguments: Any) -> Any:
    """Call a method of both clients; both must send the same and return the same."""
    resource, name = method.split(".")
    result = getattr(getattr(api.client, resource), name)(**arguments)
    sent = api.wire.sent
    async_result = asyncio.run(getattr(getattr(api.async_client, resource), name)(**arguments))
    assert (api.wire.sent.method, api.wire.sent.url) == (sent.method, sent.url)
    assert api.wire.sent.content == sent.content
    if not hasattr(result, "content"):
        assert async_result == result
    return result


def public_names(value: object) -> list[str]:
    return [name for name in vars(value) if not name.startswith("_")]


def test_names_methods_after_operation_and_path(built: Projects) -> None:
    for prefix in ("", "Async"):
        notes = getattr(built.load("notes", "notes.resources.notes"), f"{prefix}NotesResource")
        assert public_names(notes) == [
            *("list", "create", "get", "delete", "update", "get_text", "get_drawing", "replace_drawing"),
            *("watch", "summarize"),
        ]
        labels = getattr(built.load("notes", "notes.resources.labels"), f"{prefix}LabelsResource")
        assert public_names(labels) == ["list", "create", "merge"]


def test_explain_reports_each_method(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--spec", str(GOLDEN / "notes.yaml")]) == 0
    lines = capsys.readouterr().out.splitlines()
    (note,) = [line for line in lines if line.endswith("as `x-sdk` names none: `labels.merge`")]
    assert lines[lines.index(note) - 1] == "#/paths/~1v1~1labels~1{label}~1merge/post"


def test_arguments_are_by_keyword_and_those_of_the_path_come_first(built: Projects) -> None:
    notes = built.load("notes", "notes.resources.notes").NotesResource
    parameters = inspect.signature(notes.update).parameters
    assert list(parameters) == ["self", "id", "text", "id_", "extra", "timeout", "retry_unknown"]
    assert {parameter.kind for parameter in list(parameters.values())[1:]} == {inspect.Parameter.KEYWORD_ONLY}


def test_a_list_of_models_is_returned(api: Api, models: Any) -> None:
    api.wire.reply(200, [NOTE])
    found = call(api, "notes.list", since=dt.date(2024, 2, 1))
    assert found == [models.Note(id=7, text="Buy milk", written=dt.date(2024, 2, 29))]
    assert api.wire.sent.target == "/notes?since=2024-02-01"
    assert api.wire.sent.headers["authorization"] == "Bearer test-key"


def test_the_properties_of_a_body_are_arguments(api: Api, models: Any) -> None:
    api.wire.reply(201, NOTE)
    note = call(api, "notes.create", text="Buy milk", written=dt.date(2024, 2, 29), extra={"colour": "red"})
    assert api.wire.sent.json == {"text": "Buy milk", "written": "2024-02-29", "colour": "red"}
    assert isinstance(note, models.Note)
    with pytest.raises(TypeError, match="text"):
        call(api, "notes.create")


def test_path_and_body_may_have_the_same_name(api: Api) -> None:
    assert call(api, "notes.update", id=7, id_=8) is None
    assert (api.wire.sent.target, api.wire.sent.json) == ("/notes/7", {"id": 8})


def test_a_body_of_several_schemas_is_one_argument(api: Api, models: Any) -> None:
    assert call(api, "labels.create", body="home") is None
    assert api.wire.sent.json == "home"
    call(api, "labels.create", body=models.NoteText(text="home"))
    assert api.wire.sent.json == {"text": "home"}


def test_a_form_has_its_fields_as_arguments(api: Api) -> None:
    api.wire.reply(200, 3)
    assert call(api, "labels.merge", label="a b", into="c&d") == 3
    assert (api.wire.sent.target, api.wire.sent.content) == ("/v1/labels/a%20b/merge", b"into=c%26d")


def test_text_bytes_and_nothing_are_returned_as_such(api: Api) -> None:
    api.wire.reply(200, b"Buy milk", "text/plain")
    assert call(api, "notes.get_text", id=7) == "Buy milk"
    picture = b"\x89PNG\r\n\x1a\n0"
    api.wire.reply(200, picture, "image/png")
    drawing = call(api, "notes.get_drawing", id=7)
    assert (drawing.content, drawing.media_type) == (picture, "image/png")
    api.wire.answer = httpx.Response(204)
    assert call(api, "notes.replace_drawing", id=7, body=picture) is None
    assert api.wire.sent.content == picture
    assert api.wire.sent.headers["content-type"] == "image/png"


@pytest.mark.parametrize(("status", "error"), [(404, "NotFoundError"), (410, "StatusError")])
def test_a_documented_status_is_an_error(built: Projects, api: Api, status: int, error: str) -> None:
    api.wire.reply(status, {"message": "no such note"})
    with pytest.raises(getattr(built.load("notes", "notes"), error), match="no such note"):
        api.client.notes.get(id=7)
    resource = built.load("notes", "notes.resources.notes").NotesResource
    assert f"{error}: {status}: " in (inspect.getdoc(resource.get) or "")


EVENTS = b'data: {"id": 1, "text": "a"}\n\nevent: note\ndata: {"id": 2, "text": "b"}\n\ndata: [DONE]\n\n'


def test_events_are_models_that_come_one_by_one(api: Api, models: Any) -> None:
    api.wire.reply(200, EVENTS, "text/event-stream")
    with api.client.notes.watch() as stream:
        assert list(stream) == [models.Note(id=1, text="a"), models.Note(id=2, text="b")]
        assert stream.meta.status_code == 200

    async def watch() -> list[Any]:
        async with await api.async_client.notes.watch() as stream:
            return [note async for note in stream]

    assert [note.id for note in asyncio.run(watch())] == [1, 2]


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (b'data: {"id": 1}\n\n', "UnexpectedResponseError", "/text: is missing"),
        (b"data: {\n\n", "UnexpectedResponseError", "not JSON"),
        (b'data: {"id": 1, "text": "a"}', "StreamInterruptedError", "its last event is not whole"),
    ],
)
def test_an_event_that_does_not_fit_is_an_error(
    built: Projects, api: Api, content: bytes, error: str, message: str
) -> None:
    api.wire.reply(200, content, "text/event-stream")
    with pytest.raises(getattr(built.load("notes", "notes"), error), match=message):
        list(api.client.notes.watch())


def test_a_flag_of_the_body_selects_events(api: Api) -> None:
    api.wire.reply(200, {"summary": "Milk."})
    assert call(api, "notes.summarize", ids=[1]).summary == "Milk."
    assert api.wire.sent.json == {"ids": [1]}
    api.wire.reply(200, b'data: {"words": ["Milk", "."]}\n\n', "text/event-stream")
    assert [event.words for event in api.client.notes.summarize(ids=[1], stream=True)] == [["Milk", "."]]
    assert api.wire.sent.json == {"ids": [1], "stream": True}


def test_resources_follow_the_options_of_a_copy(api: Api) -> None:
    api.wire.reply(429, {"message": "slow down"}, **{"Retry-After": "0"})
    package = sys.modules[type(api.client).__module__.partition(".")[0]]
    with pytest.raises(package.RateLimitError):
        api.client.with_options(max_retries=0).notes.list()
    assert len(api.wire.requests) == 1


def test_no_resource_is_imported_before_it_is_used(built: Projects) -> None:
    code = (
        "import sys, notes; client = notes.Notes(api_key='test-key');"
        "print('notes.models' in sys.modules, 'notes.resources.notes' in sys.modules);"
        "client.notes.list; print('notes.models' in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=built.build("notes"), capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True"]
