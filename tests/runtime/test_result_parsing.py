"""From answers to results: what is taken, what is not, and what is kept of it."""

import base64
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from generator.runtime.contract import Call, JobReading, MediaReading, RecordReading, TextReading
from generator.runtime.response.json_pointer import copy_without, first_value, resolve
from generator.runtime.response.result_parsing import parse_result
from generator.runtime.response.results import Job, Media, RawResponse, Record, Text, make_meta
from generator.runtime.response.unexpected import UnexpectedResponseError
from generator.runtime.unset import UNSET
from tests.runtime.calls import HEAR, LISTING, MAKE, PAINT, PNG, VIDEO

WAV = b"RIFF\x24\0\0\0WAVEfmt "


def answer(content: bytes, content_type: str | None) -> RawResponse:
    headers = {"x-request-id": "r"} | ({} if content_type is None else {"content-type": content_type})
    return RawResponse(make_meta(200, headers, attempts=2, elapsed=1.5), content)


def read_json(call: Call[Any], data: object, **fields: object) -> Any:
    return parse_result(call, answer(json.dumps(data).encode(), "application/json"), fields)


@pytest.mark.parametrize(
    ("content_type", "media_type"),
    [
        ("image/png", "image/png"),
        ("IMAGE/PNG; q=1", "image/png"),
        ("application/octet-stream", "image/png"),
        ("binary/octet-stream", "image/png"),
        (None, "image/png"),
    ],
)
def test_reads_bytes_by_their_content_type(content_type: str | None, media_type: str) -> None:
    image = parse_result(PAINT, answer(PNG, content_type), {})
    assert (image.content, image.media_type, image.data) == (PNG, media_type, {})
    assert image.meta.attempts == 2


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"", "image/png"),
        (b"<html>log in</html>", "text/html"),
        (b"text", "text/plain"),
        (WAV, "audio/wav"),
        (WAV, "application/octet-stream"),
        (b"unknown", None),
        (b"{}", "application/json"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b'{"image_base64": 7}', "application/json"),
        (b'{"image_base64": ""}', "application/json"),
        (b'{"image_base64": "YWJjY"}', "application/json"),
        (b'{"image_base64": "YWJj!"}', "application/json"),
        (b'{"image_base64": "data:image/png,YWJj"}', "application/json"),
        (b"[" * 100_000, "application/json"),
    ],
)
def test_error_keeps_the_whole_body_of_what_is_not_an_image(
    content: bytes, content_type: str | None, tmp_path: Path
) -> None:
    with pytest.raises(UnexpectedResponseError, match="POST /v1/make: 200 with") as caught:
        parse_result(PAINT, answer(content, content_type), {})
    assert caught.value.body == content
    assert caught.value.request_id == "r"
    assert caught.value.save(tmp_path / "body").read_bytes() == content


def test_a_wildcard_matches_neither_html_nor_json() -> None:
    call = Call[Media](MAKE, (), (MediaReading(Media),))
    assert parse_result(call, answer(b"x", "foo/bar"), {}).media_type == "foo/bar"
    for content_type in ("text/html", "application/json", "application/problem+json"):
        with pytest.raises(UnexpectedResponseError):
            parse_result(call, answer(b"{}", content_type), {})


def test_reads_the_first_pointer_that_holds_base64() -> None:
    encoded = base64.b64encode(PNG).decode()
    data = {"image_base64": None, "data": {"image": f"data:image/png;base64,{encoded}", "x": 1}}
    image = read_json(PAINT, data)
    assert image.content == PNG
    assert image.data == {"image_base64": None, "data": {"x": 1}}


@pytest.mark.parametrize("bad", ["", "!", base64.b64encode(WAV).decode()], ids=["empty", "broken", "sound"])
def test_skips_a_pointer_whose_base64_is_not_an_image(bad: str) -> None:
    encoded = base64.b64encode(PNG).decode()
    image = read_json(PAINT, {"image_base64": bad, "data": {"image": encoded}})
    assert (image.content, image.meta.drift) == (PNG, ())
    with pytest.raises(UnexpectedResponseError, match=r"at /image_base64 .*; .* at /data/image is broken"):
        read_json(PAINT, {"image_base64": bad, "data": {"image": "!"}})


@pytest.mark.parametrize(
    "loose",
    [
        base64.encodebytes(PNG).decode(),
        base64.b64encode(PNG + b"x").decode().rstrip("="),
        base64.urlsafe_b64encode(PNG + b"\xff\xfe\xff\xff").decode(),
        base64.urlsafe_b64encode(PNG + b"\xff\xfe\xff\xff").decode().rstrip("="),
    ],
    ids=["wrapped", "unpadded", "urlsafe", "both"],
)
def test_unusual_but_unambiguous_base64_is_drift(loose: str) -> None:
    image = read_json(PAINT, {"image_base64": loose})
    assert image.content.startswith(PNG)
    assert image.meta.drift == ("/image_base64: base64 that is wrapped, unpadded or URL-safe",)


def test_unknown_bytes_take_the_media_type_of_their_data_url() -> None:
    assert read_json(PAINT, {"image_base64": "data:image/x-odd;base64,YWJj"}).media_type == "image/x-odd"
    assert read_json(PAINT, {"image_base64": "YWJj"}).media_type == "application/octet-stream"


def test_reads_text_from_json_and_from_plain_bodies() -> None:
    assert read_json(HEAR, {"text": "", "language": "en"}).data == {"text": "", "language": "en"}
    assert read_json(HEAR, "a string").text == "a string"
    assert parse_result(HEAR, answer("é".encode(), "text/plain"), {}).text == "é"
    assert parse_result(HEAR, answer(b'{"text": "t"}', None), {}).text == "t"
    assert parse_result(HEAR, answer(b"WEBVTT", "text/vtt"), {}).text == "WEBVTT"
    for media_type in ("text/markdown", "application/x-subrip", "application/ttml+xml; charset=utf-8"):
        assert parse_result(HEAR, answer(b"1", media_type), {}).text == "1"


@pytest.mark.parametrize("charset", ["undefined", "nonsense", "hex", "idna", ""])
def test_reads_an_unknown_charset_as_utf8(charset: str) -> None:
    raw = answer("é".encode(), f"text/plain; charset={charset}")
    assert parse_result(HEAR, raw, {}).text == raw.text == "é"


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"\xff", "text/plain"),
        (b"\xff", "text/plain; charset=nonsense"),
        (b"<html>", "text/html"),
        (b"data: {}\n\n", "text/event-stream"),
        (b'{"text": 7}', "application/json"),
        (b"7", "application/json"),
        (PNG, "image/png"),
    ],
)
def test_refuses_a_body_that_is_not_text(content: bytes, content_type: str) -> None:
    with pytest.raises(UnexpectedResponseError):
        parse_result(HEAR, answer(content, content_type), {})


def test_reads_a_job_or_its_result() -> None:
    job = read_json(VIDEO, {"task_id": 7, "state": "new"}, model="m", prompt="p")
    assert (type(job), job.id, job.context, job.data["state"]) == (Job, "7", {"model": "m"}, "new")
    video = parse_result(VIDEO, answer(b"video", "video/mp4"), {"model": "m"})
    assert isinstance(video, Media)
    for data in ({"task_id": ""}, {"task_id": None}, {"task_id": True}, {}):
        with pytest.raises(UnexpectedResponseError, match="job's id at /task_id"):
            read_json(VIDEO, data)


def test_refuses_a_record_without_its_required_properties() -> None:
    assert read_json(LISTING, {"name": "n", "new": 1}).data == {"name": "n", "new": 1}
    wrong: tuple[object, ...] = ({}, {"name": None}, [], "name")
    for data in wrong:
        with pytest.raises(UnexpectedResponseError):
            read_json(LISTING, data)


def test_the_first_reading_that_fits_gives_the_result() -> None:
    readings = (RecordReading(Record, ("/id",)), TextReading(Text, text=("/text",)), JobReading(Job, "/job"))
    call = Call[Any](MAKE, (), readings)
    assert isinstance(read_json(call, {"text": "t", "job": "j"}), Text)
    assert isinstance(read_json(call, {"job": "j"}), Job)
    with pytest.raises(UnexpectedResponseError, match="value at /id; expected a text at /text; expected"):
        read_json(call, {})


def test_results_pickle() -> None:
    image = parse_result(PAINT, answer(PNG, "image/png"), {})
    assert len(image) == len(PNG)
    assert pickle.loads(pickle.dumps(image)).content == PNG


DATA = {"a": {"b": [1, {"c": None}]}, "x/y": 1, "m~n": 2, "": 3}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", DATA),
        ("/a/b/0", 1),
        ("/a/b/1/c", None),
        ("/x~1y", 1),
        ("/m~0n", 2),
        ("/", 3),
        ("/a/b/2", UNSET),
        ("/a/b/-", UNSET),
        ("/a/b/0/c", UNSET),
        ("/nothing", UNSET),
    ],
)
def test_resolves_json_pointers(pointer: str, value: object) -> None:
    assert resolve(DATA, pointer) == value


def test_first_value_skips_null_and_missing_values() -> None:
    assert first_value(DATA, ("/nothing", "/a/b/1/c", "/m~0n", "/x~1y")) == 2
    assert first_value(DATA, ("/nothing",)) is UNSET


def test_copy_without_leaves_the_original_unchanged() -> None:
    assert copy_without(DATA, "/a/b") == DATA | {"a": {}}
    assert copy_without(DATA, "/x~1y") == {"a": DATA["a"], "m~n": 2, "": 3}
    assert copy_without(DATA, "/no/thing") == DATA
    listed = {"data": [{"b64": "..", "n": 1}, {"b64": ".."}]}
    assert copy_without(listed, "/data/0/b64") == {"data": [{"n": 1}, {"b64": ".."}]}
    assert copy_without(listed, "/data/2/b64") == listed == {"data": [{"b64": "..", "n": 1}, {"b64": ".."}]}
    assert copy_without("text", "") == "text"
    assert "b" in resolve(DATA, "/a")  # type: ignore[operator]
