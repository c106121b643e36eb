"""Second ring: files, in the words of OpenAPI 3.0 and of 3.1."""

from pathlib import Path
from typing import Any

import pytest

from tests.generator.projects import Projects
from tests.generator.wire import Api, Wire

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
TIFF = b"II*\x00" + bytes(16)


@pytest.fixture
def uploads(built: Projects) -> Api:
    return Api(
        built.load("openapi30", "api_3_little_words"),
        "Api3LittleWords",
        Wire(),
        base_url="https://uploads.example.com",
    )


@pytest.fixture
def blobs(built: Projects) -> Api:
    return Api(built.load("blobs", "blobs"), "Blobs", Wire())


def test_a_raw_body_is_sent_as_it_is(built: Projects, uploads: Api, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"\x00\xffdata")
    put = built.load("openapi30", "api_3_little_words.api.blobs.put_blob")
    assert uploads.call(put, name="a/b", body=path) is None
    assert uploads.wire.sent.target == "/blobs/a%2Fb"
    assert uploads.wire.sent.headers["content-type"] == "application/octet-stream"
    assert uploads.wire.sent.content == b"\x00\xffdata"


def test_a_raw_answer_is_bytes(built: Projects, uploads: Api) -> None:
    uploads.wire.reply(200, b"\x00\xff", "application/octet-stream")
    get = built.load("openapi30", "api_3_little_words.api.blobs.get_blob")
    assert uploads.call(get, name="a") == b"\x00\xff"


def test_a_form_sends_each_part_as_its_encoding_says(built: Projects, uploads: Api) -> None:
    models = built.load("openapi30", "api_3_little_words.models")
    album = models.Album(
        title="Ferien\r\nX: y",
        cover=("c.png", PNG),
        pictures=[PNG, ("b.bin", b"x")],
        notes="# Hi",
        tags=["a", "b"],
        layout=models.Layout(columns=3),
        public=False,
        rating=15,
    )
    uploads.wire.reply(200, {"id": "7", "parent": {"id": "6", "parent": None}})
    receipt = uploads.call(built.load("openapi30", "api_3_little_words.api.albums.make_album"), body=album)
    assert receipt.parent.parent is None
    parts = uploads.wire.sent.parts
    assert [(part.name, part.filename, part.media_type) for part in parts] == [
        ("title", None, None),
        ("cover", "c.png", "image/png"),
        ("pictures", "upload.png", "image/png"),
        ("pictures", "b.bin", "application/octet-stream"),
        ("notes", None, "text/markdown"),
        ("tags", None, None),
        ("tags", None, None),
        ("layout", None, "application/json"),
        ("public", None, None),
        ("rating", None, None),
    ]
    texts = [part.content for part in parts if part.filename is None]
    assert texts == [b"Ferien\r\nX: y", b"# Hi", b"a", b"b", b'{"columns":3}', b"false", b"15"]
    assert next(part for part in parts if part.name == "layout").headers["x-layout-version"] == "2"


def test_the_boundary_differs_from_call_to_call(built: Projects, uploads: Api) -> None:
    album = built.load("openapi30", "api_3_little_words.models").Album(title="t", cover=b"x")
    uploads.wire.reply(200, {"id": "7"})
    uploads.call(built.load("openapi30", "api_3_little_words.api.albums.make_album"), body=album)
    first, second = (sent.headers["content-type"] for sent in uploads.wire.requests)
    assert first != second


@pytest.mark.parametrize("settings", ["fast", {"dpi": 300}])
def test_binary_of_openapi_31_is_a_file(built: Projects, blobs: Api, settings: Any) -> None:
    blobs.wire.reply(200, b"Hello", "text/plain")
    body = built.load("blobs", "blobs.models").AddScanFilesBody(
        page=("p.tif", TIFF), more=[b"1", b"2"], settings=settings
    )
    assert blobs.call(built.load("blobs", "blobs.api.scans.add_scan"), body=body) == "Hello"
    parts = blobs.wire.sent.parts
    assert [(part.name, part.media_type) for part in parts] == [
        ("page", "image/tiff"),
        ("more", "application/octet-stream"),
        ("more", "application/octet-stream"),
        ("settings", None),
    ]
    assert parts[-1].content == (b"fast" if settings == "fast" else b'{"dpi":300}')


def test_the_body_type_chooses_the_media_type(built: Projects, blobs: Api) -> None:
    blobs.wire.reply(200, b"Hello", "text/plain")
    scan = built.load("blobs", "blobs.models").Scan(page_base64="SUkqAA==", dpi=300)
    blobs.call(built.load("blobs", "blobs.api.scans.add_scan"), body=scan)
    assert blobs.wire.sent.json == {"page_base64": "SUkqAA==", "dpi": 300}


def test_content_without_a_schema_is_bytes(built: Projects, blobs: Api) -> None:
    blobs.call(built.load("blobs", "blobs.api.scans.replace_scan"), body=TIFF)
    assert blobs.wire.sent.headers["content-type"] == "image/tiff"
    assert blobs.wire.sent.content == TIFF
    blobs.wire.reply(200, TIFF, "image/tiff")
    assert blobs.call(built.load("blobs", "blobs.api.scans.latest_scan")) == TIFF
