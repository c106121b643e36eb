"""What comes with a result: its drift from the contract, and what is known about the answer."""

import base64
import gzip
import json
import re
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigen_generate import EigenGenerate, Image, errors
from tests.client.answering import DRAW, JPEG, PNG, WAV, Wire, says
from tests.runtime.faulty_server import Peer, serve

BIG = 40 * 1024 * 1024


def in_json(**members: Any) -> bytes:
    return json.dumps(members).encode()


def picture(content: bytes) -> str:
    return base64.b64encode(content).decode()


@pytest.mark.parametrize(
    ("content", "content_type", "drift"),
    [
        (PNG, "image/png", ()),
        (in_json(image_base64=picture(PNG), colour="red"), "application/json", ()),
        (PNG, None, ("the response has no Content-Type",)),
        (
            PNG,
            "image/x-new",
            ("the content of type image/x-new is image/png", "the contract does not define image/x-new"),
        ),
        (JPEG, "image/png", ("the content of type image/png is image/jpeg",)),
        (
            in_json(image_base64=picture(b"?" * 9)),
            "application/json",
            ("/image_base64: base64 of an unknown file format",),
        ),
    ],
)
def test_harmless_drift_is_reported_with_the_result(
    content: bytes, content_type: str | None, drift: tuple[str, ...]
) -> None:
    image = says(content, content_type).client().images.generate(**DRAW)
    assert image.meta.drift == drift
    assert image.content


def test_keeps_unknown_properties_without_drift() -> None:
    answer = in_json(image_base64=picture(PNG), colour="red")
    assert says(answer, "application/json").client().images.generate(**DRAW).data == {"colour": "red"}


def test_a_property_of_another_type_is_drift() -> None:
    job = (
        says(in_json(task_id="t", task_status=7), "application/json")
        .client()
        .videos.generate(model="m", prompt="p", frame_num=9)
    )
    assert job.meta.drift == ("/task_status: expected a string, not a number",)


@pytest.mark.parametrize(
    ("content", "content_type", "why"),
    [
        (b"<!DOCTYPE html><title>Sign in", "image/png", "is text/html"),
        (WAV, "image/png", "is audio/wav"),
        (in_json(image_base64=picture(WAV)), "application/json", "holds audio/wav"),
        (in_json(image_base64="?"), "application/json", "broken"),
        (b"", "image/png", "empty"),
    ],
)
def test_the_error_keeps_an_answer_that_is_no_picture(content: bytes, content_type: str, why: str) -> None:
    with pytest.raises(errors.UnexpectedResponseError, match=why) as caught:
        says(content, content_type).client().images.generate(**DRAW)
    assert caught.value.body == content


def test_meta_has_credits_limits_and_times() -> None:
    wire = says(
        PNG,
        "image/png",
        x_credits_remaining="12",
        x_ratelimit_remaining="3",
        ratelimit="limit=9",
        x_request_id="r1",
        server="s",
    )
    meta = wire.client().images.generate(**DRAW).meta
    assert meta.credits == {"x-credits-remaining": "12"}
    assert meta.promised == {"x-credits-remaining": "12"}
    assert meta.rate_limit == {"x-ratelimit-remaining": "3", "ratelimit": "limit=9"}
    assert (meta.request_id, meta.attempts) == ("r1", 1)
    assert 0 < meta.first_byte <= meta.elapsed


def pour(total: int, *headers: str) -> Callable[[Peer], None]:
    """Answer with `total` bytes of a picture, until the client hangs up."""

    def script(peer: Peer) -> None:
        peer.read()
        lines = ["HTTP/1.1 200 OK", "Content-Type: image/png", *headers]
        peer.send("\r\n".join(lines).encode() + b"\r\n\r\n" + PNG)
        for _ in range(total // 65536):
            peer.send(bytes(65536))

    return script


@pytest.mark.parametrize(
    "headers", [(f"Content-Length: {BIG + len(PNG)}",), ()], ids=["announced", "endless"]
)
def test_an_answer_beyond_the_callers_limit_is_refused_while_it_arrives(headers: tuple[str, ...]) -> None:
    with serve(pour(BIG, *headers)) as server:
        client = EigenGenerate(api_key="test-key", base_url=server.url, max_response_size=1_000_000)
        with client, pytest.raises(errors.ResponseTooLargeError, match="max_response_size=1000000") as caught:
            client.images.generate(**DRAW)
        assert len(server.received) == 1
    assert caught.value.attempts == 1


def bomb(encoding: str, size: int) -> bytes:
    packer = zlib.compressobj(9, wbits={"gzip": 31, "deflate": 15, "raw": -15}[encoding])
    return (
        packer.compress(PNG)
        + b"".join(packer.compress(bytes(65536)) for _ in range(size // 65536))
        + packer.flush()
    )


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw"])
def test_a_compression_bomb_is_refused_by_default(encoding: str) -> None:
    body = bomb(encoding, BIG)
    head = f"Content-Encoding: {encoding.replace('raw', 'deflate')}"

    def script(peer: Peer) -> None:
        peer.read()
        peer.answer(200, body, "Content-Type: image/png", head)

    with serve(script, script) as server:
        with (
            EigenGenerate(api_key="test-key", base_url=server.url) as client,
            pytest.raises(errors.ResponseTooLargeError, match="unpacks to more than 100 times"),
        ):
            client.images.generate(**DRAW)
        with EigenGenerate(api_key="test-key", base_url=server.url, max_response_ratio=None) as client:
            assert len(client.images.generate(**DRAW)) > BIG


def encoded(body: bytes, encoding: str, status: int = 200) -> Callable[[Peer], None]:
    def script(peer: Peer) -> None:
        peer.read()
        peer.answer(
            status, body, "Content-Type: image/png", f"Content-Encoding: {encoding}", "Connection: close"
        )

    return script


@pytest.fixture
def twice(tmp_path: Path) -> Callable[[Callable[[Peer], None]], tuple[Any, Any]]:
    """Asks once for the whole answer and once to save it as it comes; gives what both came to."""

    def ask(script: Callable[[Peer], None], **options: Any) -> tuple[Any, Any]:
        with (
            serve(script, script) as server,
            EigenGenerate(api_key="test-key", base_url=server.url, **options) as client,
        ):
            return (
                outcome(lambda: client.images.generate(**DRAW).content),
                outcome(
                    lambda: client.streaming.images.generate(**DRAW).save(tmp_path / "a.png").read_bytes()
                ),
            )

    return ask


def outcome(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except errors.EigenGenerateError as error:
        return error


@pytest.mark.parametrize("end", [b"\0\0", b"junk", b""], ids=["padding", "junk", "nothing"])
def test_reads_all_gzip_members_and_ignores_trailing_data(twice: Any, end: bytes) -> None:
    packed = bomb("gzip", 65536)
    assert twice(encoded(packed + packed + end, "gzip")) == (2 * (PNG + bytes(65536)),) * 2


def test_a_truncated_gzip_answer_raises(twice: Any) -> None:
    whole, streamed = twice(encoded(bomb("gzip", 65536)[:-9], "gzip"))
    assert "cut short" in str(whole)
    assert isinstance(whole, errors.OutcomeUnknownError)
    assert isinstance(streamed, errors.StreamInterruptedError)


@pytest.mark.parametrize("encoding", ["gzip, deflate", "identity, GZIP ,deflate"])
def test_decodes_two_encodings(twice: Any, encoding: str) -> None:
    assert twice(encoded(zlib.compress(gzip.compress(PNG)), encoding)) == (PNG, PNG)


@pytest.mark.parametrize("options", [{}, {"max_response_size": 1_000_000}], ids=["ratio", "size"])
def test_a_bomb_in_a_bomb_is_refused_in_constant_memory(twice: Any, options: Any) -> None:
    body = gzip.compress(bomb("gzip", 60_000_000))
    tracemalloc.start()
    refused = twice(encoded(body, "gzip, gzip"), **options)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(error) for error in refused] == [errors.ResponseTooLargeError] * 2
    assert peak < 40_000_000


def test_a_bomb_between_two_encodings_is_refused() -> None:
    empty = gzip.compress(b"")
    hollow = empty[:10] + b"\0\0\0\xff\xff" * 8_000_000 + empty[10:]  # stored blocks that hold nothing
    with serve(encoded(gzip.compress(hollow), "gzip, gzip")) as server:
        client = EigenGenerate(api_key="test-key", base_url=server.url)
        with client, pytest.raises(errors.ResponseTooLargeError, match="unpacks to more than"):
            client.images.generate(**DRAW)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, br", "gzip, gzip, gzip"])
def test_the_error_keeps_an_answer_in_an_unknown_encoding(twice: Any, encoding: str) -> None:
    for error in twice(encoded(b"brotli", encoding)):
        assert isinstance(error, errors.UnexpectedResponseError)
        assert error.body == b"brotli"
        assert f"Content-Encoding {encoding}" in str(error)


def test_an_error_status_in_an_unknown_encoding_has_no_message(twice: Any) -> None:
    for error in twice(encoded(b"brotli", "br", 400)):
        assert (error.message, error.body) == ("Bad Request", b"brotli")


def test_accepts_only_encodings_that_it_can_decode() -> None:
    with serve(encoded(PNG, ""), encoded(PNG, ""), encoded(PNG, "")) as server:
        for headers in ({}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "identity"}):
            with httpx.Client(headers=headers) as own:
                EigenGenerate(api_key="test-key", base_url=server.url, http_client=own).images.generate(
                    **DRAW
                )
    asked = [re.findall(rb"(?i)accept-encoding: (.*)\r", request.head) for request in server.received]
    assert asked == [[b"gzip, deflate"], [b"gzip, deflate"], [b"identity"]]


def test_decodes_once_what_a_hook_of_the_callers_client_read() -> None:
    def read(response: httpx.Response) -> None:
        response.read()

    with (
        serve(encoded(gzip.compress(PNG), "gzip")) as server,
        httpx.Client(event_hooks={"response": [read]}) as own,
    ):
        client = EigenGenerate(api_key="test-key", base_url=server.url, http_client=own)
        assert client.streaming.images.generate(**DRAW).result().content == PNG


def test_an_error_status_keeps_the_first_megabyte() -> None:
    body = b'{"message": "no"}' + b" " * (3 * 1024 * 1024)

    def script(peer: Peer) -> None:
        peer.read()
        peer.answer(400, body)

    with (
        serve(script) as server,
        EigenGenerate(api_key="test-key", base_url=server.url) as client,
        pytest.raises(errors.BadRequestError, match="no") as caught,
    ):
        client.images.generate(**DRAW)
    assert 0 < len(caught.value.body) <= 1024 * 1024


def test_an_error_parses_its_body() -> None:
    with pytest.raises(errors.BadRequestError) as caught:
        says(b'{"message": "no", "code": 7}', "application/json", 400).client().images.generate(**DRAW)
    assert caught.value.data == {"message": "no", "code": 7}


def html_of(result: object) -> str | None:
    """Ask for HTML as a notebook does."""
    html: str | None = getattr(result, "_repr_html_")()  # noqa: B009 - the name is Jupyter's, not ours
    return html


@pytest.mark.parametrize(
    ("content", "media_type", "shown"),
    [
        (PNG, "image/png", "_repr_png_"),
        (JPEG, "image/jpeg", "_repr_jpeg_"),
        (b"RIFF\0\0\0\0WEBP", "image/webp", "_repr_html_"),
    ],
)
def test_a_notebook_shows_pictures(content: bytes, media_type: str, shown: str) -> None:
    image = says(content, media_type).client().images.generate(**DRAW)
    for name in ("_repr_png_", "_repr_jpeg_", "_repr_html_"):
        found = getattr(image, name)()
        assert (found is not None) == (name == shown)
    html = html_of(image)
    assert html is None or html == f'<img src="data:image/webp;base64,{picture(content)}">'


def test_a_notebook_plays_sound_and_shows_no_markup_of_the_server() -> None:
    sound = says(WAV, "audio/wav").client().audio.speak(model="m", text="t")
    html = html_of(sound)
    assert html is not None
    assert html.startswith('<audio controls src="data:audio/wav;base64,')
    meta = Wire(lambda _: httpx.Response(200, content=PNG)).client().images.generate(**DRAW).meta
    assert html_of(Image(content=PNG, media_type='image/"><script>', data={}, meta=meta)) is None
