"""Files in every shape that callers have them."""

import io
import mmap
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.runtime.errors import ArgumentError
from generator.runtime.request.chunks import CHUNK_SIZE
from generator.runtime.request.files import is_file
from generator.runtime.request.uploads import read_upload
from generator.runtime.response.media_types import sniff, type_of_file, type_of_filename, usual_suffix
from generator.runtime.response.results import Media, make_meta
from tests.runtime.calls import PNG


def content(value: object) -> bytes:
    upload = read_upload("image", value)
    data = b"".join(upload.open())
    if upload.repeatable:
        assert b"".join(upload.open()) == data
        assert upload.size == len(data)
    return data


def at(position: int, file: io.BytesIO) -> io.BytesIO:
    file.seek(position)
    return file


@pytest.mark.parametrize(
    "value",
    [
        PNG,
        bytearray(PNG),
        memoryview(PNG),
        memoryview(PNG + PNG)[: len(PNG)],
        memoryview(bytes(b for b in PNG for _ in "ab"))[::2],
        io.BytesIO(PNG),
        at(3, io.BytesIO(b"abc" + PNG)),
        iter([PNG[:5], b"", PNG[5:]]),
        (bytes([byte]) for byte in PNG),
        ("a.png", PNG),
        (None, PNG, None),
        ("a.png", io.BytesIO(PNG), "image/x"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_reads_bytes_in_any_shape(value: object) -> None:
    assert is_file(value)
    assert content(value) == PNG


@pytest.mark.parametrize("size", [1, CHUNK_SIZE, CHUNK_SIZE + 1, 3 * CHUNK_SIZE])
def test_reads_paths_of_any_size_in_chunks(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(os.urandom(size))
    assert content(path) == content(str(path)) == content(("x", path)) == path.read_bytes()
    assert max(map(len, read_upload("image", path).open())) <= CHUNK_SIZE
    with path.open("rb") as file:
        assert content(file) == path.read_bytes()


def test_reads_a_pipe_once() -> None:
    reader, writer = os.pipe()
    os.write(writer, PNG)
    os.close(writer)
    with open(reader, "rb") as file:  # noqa: PTH123 - a descriptor has no path
        upload = read_upload("image", file)
        assert (upload.size, upload.repeatable, upload.media_type) == (None, False, "image/png")
        assert b"".join(upload.open()) == PNG


@pytest.mark.parametrize(
    ("value", "filename", "media_type"),
    [
        (PNG, "upload.png", "image/png"),
        (b"abc", "upload", "application/octet-stream"),
        (("cat", PNG), "cat", "image/png"),
        (("notes.txt", b"abc"), "notes.txt", "text/plain"),
        (("a.jpg", PNG), "a.jpg", "image/png"),
        (("a.png", PNG, "image/x-own"), "a.png", "image/x-own"),
        (iter([PNG]), "upload.png", "image/png"),
        ((bytes([byte]) for byte in PNG), "upload.png", "image/png"),
    ],
)
def test_every_file_has_a_name_and_a_type(value: object, filename: str, media_type: str) -> None:
    upload = read_upload("image", value)
    assert (upload.filename, upload.media_type) == (filename, media_type)


def test_takes_the_filename_from_a_path_or_an_open_file(tmp_path: Path) -> None:
    path = tmp_path / "a b.wav"
    path.write_bytes(b"x")
    with path.open("rb") as file:
        for value in (path, str(path), file):
            upload = read_upload("image", value)
            assert (upload.filename, upload.media_type) == ("a b.wav", "audio/wav")


class AnyPath(os.PathLike[str]):
    """Returns any object as its path."""

    def __init__(self, path: object) -> None:
        self.path = path

    def __fspath__(self) -> str:
        return self.path  # type: ignore[return-value]


def test_reads_a_bytes_path_and_a_memory_mapped_file(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PNG)
    assert content(AnyPath(os.fsencode(path))) == PNG
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert content(mapped) == PNG


def test_replaces_what_is_not_utf8_in_a_filename(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.png"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(PNG)
    assert read_upload("image", os.fsdecode(path)).filename == "caf?.png"


def test_refuses_an_iterator_that_yields_none() -> None:
    upload = read_upload("image", iter((PNG + bytes(64), b"", None)))
    with pytest.raises(ArgumentError, match="must give bytes, not NoneType"):
        list(upload.open())


def test_refuses_an_open_file_that_two_calls_read_at_once() -> None:
    file = io.BytesIO(PNG + bytes(3 * CHUNK_SIZE))
    first_reader, second_reader = (read_upload("image", file).open() for _ in range(2))
    assert len(next(first_reader)) == len(next(second_reader)) == CHUNK_SIZE
    assert len(next(second_reader)) == CHUNK_SIZE
    with pytest.raises(ArgumentError, match=r"^image: the file cannot be read: it is read elsewhere"):
        next(first_reader)


def test_does_not_check_the_position_of_a_custom_file_class() -> None:
    class ReadingAhead:
        """Reports the position of the file below it, which is ahead of what was read."""

        def __init__(self) -> None:
            self.below = io.BytesIO(PNG + bytes(3 * CHUNK_SIZE))

        def read(self, size: int = -1) -> bytes:
            return self.below.read(size)

        def seek(self, offset: int, whence: int = 0) -> int:
            return self.below.seek(offset, whence)

        def tell(self) -> int:
            at = self.below.tell()
            return at + 7 if at in (CHUNK_SIZE, 2 * CHUNK_SIZE) else at

    file: Any = ReadingAhead()
    assert b"".join(read_upload("image", file).open()) == PNG + bytes(3 * CHUNK_SIZE)


def test_names_the_argument_of_a_file_that_fails_or_was_closed() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if size:
                raise OSError(5, "Input/output error")
            return b""

    with pytest.raises(ArgumentError, match=r"^image: the file cannot be read: .*Input/output error"):
        read_upload("image", Failing(PNG))
    file = io.BytesIO(PNG)
    upload = read_upload("image", file)
    file.close()
    with pytest.raises(ArgumentError, match=r"^image: the file cannot be read: .*closed"):
        list(upload.open())


def test_refuses_a_non_blocking_pipe_instead_of_cutting_it_short() -> None:
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.write(writer, PNG)
    with open(reader, "rb", buffering=0) as file, open(writer, "wb"):  # noqa: PTH123
        upload = read_upload("image", file)
        with pytest.raises(ArgumentError, match=r"^image: the file does not wait for data"):
            list(upload.open())


def _closed() -> io.BytesIO:
    file = io.BytesIO(PNG)
    file.close()
    return file


def _text_chunks() -> Iterator[str]:
    yield "text"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("missing.png", "no such file"),
        (Path(), "is a directory"),
        ("/dev/null", "not a regular file"),
        ("nul\0byte", "cannot read"),
        (b"", "is empty"),
        (memoryview(b""), "is empty"),
        (io.BytesIO(), "is empty"),
        (at(9, io.BytesIO(b"abc")), "is empty"),
        (iter(()), "is empty"),
        (io.StringIO("text"), "opened as text"),
        (_closed(), "is closed"),
        (_text_chunks(), "must give bytes, not str"),
        (iter((None, PNG)), "must give bytes, not NoneType"),
        (7, "int is not a file"),
        (("name",), "a named file is"),
        ((7, PNG), "name must be a str"),
        (("a", PNG, "image/png\r\nX: y"), "is not a media type"),
        (("a", 7), "int is not a file"),
        (AnyPath(7), "to return str or bytes"),
    ],
)
def test_names_the_argument_of_an_unusable_file(value: object, message: str) -> None:
    with pytest.raises(ArgumentError, match=f"^image: .*{message}"):
        read_upload("image", value)


async def _coroutine() -> bytes:
    return PNG


class Array:
    """Has the attributes of an array of numpy."""

    dtype = "float32"

    def __init__(self, *shape: int) -> None:
        self.shape = shape


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("https://example.com/a.png?key=secret", "a URL (https:) is not a file. Download it"),
        (Path("http://example.com/a.png"), "a URL (http:) is not a file. Download it"),
        ("data:image/png;base64,AAAA", "a URL (data:) is not a file. Decode its base64"),
        (
            "missing.png",
            "no such file: 'missing.png'. A str is the path of a file; for its content give bytes",
        ),
        ("x" * 5000, f"cannot read '{'x' * 200}…': File name too long. A str is the path"),
        (Array(24000), """an array of numbers is not a file. Give a file: ("a.wav", wav_bytes)"""),
        (Array(24000, 2), "an array of numbers is not a file. Give a file:"),
        (Array(64, 64, 3), "an array of numbers is not a file. Give PIL.Image.fromarray(array)"),
        ((24000, Array(24000)), "an array of numbers is not a file. Give a file:"),
        ((Array(24000), 24000), "an array of numbers is not a file. Give a file:"),
        (_closed(), "the file is closed. Open it again"),
        (_text_chunks(), "an iterator must give bytes, not str. Encode the text"),
        (iter([Path("a.png")]), "an iterator must give bytes, not PosixPath. For several files give a list"),
        ({PNG}, "set is not a file. Give a path, bytes,"),
    ],
)
def test_says_what_to_give_instead_of_what_is_no_file(value: object, message: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        read_upload("image", value)
    assert str(caught.value).startswith(f"image: {message}")


def test_refuses_a_coroutine_and_leaves_it_to_the_caller() -> None:
    coroutine = _coroutine()
    with pytest.raises(ArgumentError, match=r"a coroutine is not a file\. Give what awaiting it returns"):
        read_upload("image", coroutine)
    coroutine.close()


def test_refuses_a_named_pipe_without_waiting_for_its_other_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ArgumentError, match=r"is not a regular file\. Open it and give the file"):
        read_upload("image", tmp_path / "pipe")


def test_takes_a_result_with_its_media_type() -> None:
    result = Media(content=b"samples", media_type="audio/pcm", data={}, meta=make_meta(200, {}))
    assert is_file(result)
    assert is_file(("a.pcm", result))
    upload = read_upload("file", result)
    assert (upload.filename, upload.media_type, content(result)) == ("upload.pcm", "audio/pcm", b"samples")
    upload = read_upload("file", ("a.raw", result, "audio/l16"))
    assert (upload.filename, upload.media_type) == ("a.raw", "audio/l16")


def test_prefers_the_filename_of_a_web_framework_to_the_name_of_its_field() -> None:
    class Uploaded(io.BytesIO):
        name, filename = "field", "dir/a.m4a"

    upload = read_upload("file", Uploaded(b"abc"))
    assert (upload.filename, upload.media_type) == ("a.m4a", "audio/mp4")


def test_refuses_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(ArgumentError, match="image: the file is empty"):
        read_upload("image", tmp_path / "empty")


@pytest.mark.parametrize("value", ["text", 7, None, ["a"], ("a", "b"), {"a": 1}])
def test_does_not_take_other_values_for_files(value: object) -> None:
    assert not is_file(value)


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a..", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"RIFF\0\0\0\0AVI ", None),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"\xff\xf3\x90\x00", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", None),
        (b"\xff\xff\xff\xff", None),
        (b"\xff\xfe\x41\x00", None),
        (b"fLaC\0", "audio/flac"),
        (b"OggS\0", "audio/ogg"),
        (b"\0\0\0\x20ftypisom", "video/mp4"),
        (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        (b"\x1aE\xdf\xa3", "video/webm"),
        (b"%PDF-1.7", None),
        (b"", None),
        (b"\xff", None),
    ],
)
def test_sniffs_media_types_from_first_bytes(head: bytes, media_type: str | None) -> None:
    assert sniff(head) == media_type


def test_suffixes_and_media_types_map_to_each_other() -> None:
    for name in ("a.PNG", "b.jpg", "c.webp", "d.gif", "e.wav", "f.mp3", "g.flac", "h.ogg", "i.mp4", "j.webm"):
        media_type = type_of_filename(name)
        assert media_type is not None
        assert usual_suffix(media_type + "; x=y") == name[1:].lower()
    assert type_of_filename("nothing") is None
    assert usual_suffix("foo/bar") == ""


def iso(brand: bytes, *compatible_brands: bytes) -> bytes:
    size = 16 + 4 * len(compatible_brands)
    return size.to_bytes(4) + b"ftyp" + brand + bytes(4) + b"".join(compatible_brands) + b"\0\0\0\x08free"


@pytest.mark.parametrize(
    ("filename", "head", "media_type"),
    [
        *(("memo.m4a", iso(brand), "audio/mp4") for brand in (b"M4A ", b"mp42", b"isom", b"dash", b"3gp4")),
        ("a.mp4", iso(b"isom"), "video/mp4"),
        ("a.3gp", iso(b"isom"), "video/3gpp"),
        ("", iso(b"3gp5"), "video/3gpp"),
        ("", iso(b"3g2a"), "video/3gpp2"),
        ("", iso(b"mif1", b"mif1", b"avif"), "image/avif"),
        ("", iso(b"mif1", b"mif1", b"heic"), "image/heic"),
        ("", iso(b"mif1", b"xxxx"), "image/heif"),
        ("a.jpg", iso(b"heic"), "image/heic"),
        ("a.mka", b"\x1aE\xdf\xa3\x93B\x82\x88matroska", "audio/x-matroska"),
        ("", b"\x1aE\xdf\xa3\x93B\x82\x88matroska", "video/x-matroska"),
        ("a.flac", b"ID3\x04", "audio/flac"),
        ("a.txt", b"ID3\x04", "audio/mpeg"),
        ("a.wav", PNG, "image/png"),
        ("a.jpg", PNG, "image/png"),
        ("a.bin", PNG, "image/png"),
        ("a.pdf", b"%PDF-1.7", "application/pdf"),
        ("a.csv.gz", b"\x1f\x8b", "application/gzip"),
        ("a.txt", b"BM is a beginning", "text/plain"),
        ("", b"BM" + bytes(12) + b"\x28\0\0\0", "image/bmp"),
        ("", b"BM is a beginning of words", None),
        ("", b"FORM\0\0\0\0AIFF", "audio/aiff"),
        ("", b"FORM\0\0\0\0ILBM", None),
        ("", b"#!AMR\n", "audio/amr"),
        ("tiff", b"abc", None),
    ],
)
def test_the_name_comes_before_the_bytes_unless_they_contradict(
    filename: str, head: bytes, media_type: str | None
) -> None:
    assert type_of_file(filename, head) == media_type
