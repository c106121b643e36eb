"""What programs have in hand, given as a file: results, and objects of Pillow, numpy, Starlette, aiofiles."""

import asyncio
import io
import tempfile
import wave
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiofiles
import httpx
import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from eigen_generate import ArgumentError, AsyncEigenGenerate
from tests.programs.wire import SentFile, Wire, transcript


def png(mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.new(mode, (5, 3)).save(file, "PNG")
    return file.getvalue()


def wav() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8000)
        writer.writeframes(bytes(1600))
    return file.getvalue()


def edit(wire: Wire, image_file: object) -> SentFile:
    wire.client().images.edit(model="m", prompt="p", image_file=image_file)  # type: ignore[arg-type]
    return wire.files[-1]


def refusal(wire: Wire, image_file: object) -> str:
    with pytest.raises(ArgumentError) as caught:
        edit(wire, image_file)
    assert not wire.files
    return str(caught.value)


def test_an_image_result_is_the_input_of_an_edit_and_of_a_video() -> None:
    wire = Wire(png(), "image/png")
    client = wire.client()
    image = client.images.generate(model="m", prompt="p")
    edited = client.images.edit(model="m", prompt="p", image_file=image)
    client.images.edit(model="m", prompt="p", images=[image, ("b.png", edited)])
    assert wire.files == [
        SentFile(name, "image/png", png()) for name in ("upload.png", "upload.png", "b.png")
    ]


def test_an_image_result_opens_in_pillow_and_knows_its_size() -> None:
    image = Wire(png(), "image/png").client().images.generate(model="m", prompt="p")
    assert image.to_pil().size == image.size == (image.width, image.height) == (5, 3)
    assert repr(image) == f"<Image 5x3 image/png {len(png())} bytes>"


def test_the_repr_of_a_result_does_not_show_a_key_that_the_server_echoed() -> None:
    text = transcript("your key is test-key").client().audio.transcribe(model="m", file=wav())
    assert repr(text) == "<Transcription 20 characters>"
    assert text.meta.drift == ("the response holds the API key",)


def test_an_audio_result_is_the_input_of_a_transcription() -> None:
    speech = Wire(wav(), "audio/wav").client().audio.speak(model="m", text="hello")
    wire = transcript()
    wire.client().audio.transcribe(model="m", file=speech)
    assert wire.files == [SentFile("upload.wav", "audio/wav", wav())]


def test_a_transcript_is_no_text_by_itself() -> None:
    text = transcript().client().audio.transcribe(model="m", file=wav())
    with pytest.raises(ArgumentError, match=r"a Transcription cannot be sent in JSON; give its `\.text`"):
        Wire(png(), "image/png").client().images.generate(model="m", prompt=text)  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "I;16", "P"])
def test_an_open_picture_of_pillow_is_sent_as_png(mode: str) -> None:
    with Image.open(io.BytesIO(png(mode))) as image:
        sent = edit(Wire(png(), "image/png"), image)
    assert (sent.filename, sent.media_type) == ("upload.png", "image/png")
    with Image.open(io.BytesIO(sent.content)) as sent_image:
        assert (sent_image.mode, sent_image.size) == (mode, (5, 3))


def test_a_picture_that_png_cannot_hold_is_refused() -> None:
    message = refusal(Wire(png(), "image/png"), Image.new("CMYK", (5, 3)))
    assert message.startswith("image_file: the picture cannot be written as PNG: cannot write mode CMYK")
    assert "image.convert('RGB')" in message


def test_a_16_bit_picture_is_sent_as_it_is() -> None:
    assert edit(Wire(png(), "image/png"), png("I;16")).content == png("I;16")


@pytest.mark.parametrize(
    "file",
    [
        np.zeros(8000, "float32"),
        (8000, np.zeros(8000, "int16")),
        (np.zeros((8000, 2)), 8000),
        ("a.wav", np.zeros(8000)),
    ],
    ids=["samples", "rate and samples", "samples and rate", "name and samples"],
)
def test_an_array_of_samples_is_refused_with_what_to_give(file: object) -> None:
    with pytest.raises(ArgumentError, match=r'^file: an array of .*Give a file: \("a.wav", wav_bytes\)'):
        transcript().client().audio.transcribe(model="m", file=file)  # type: ignore[arg-type]


def test_an_array_of_pixels_is_refused_with_what_to_give() -> None:
    assert "Give PIL.Image.fromarray(array)" in refusal(Wire(png(), "image/png"), np.zeros((64, 64, 3)))


def test_a_url_is_refused_with_the_argument_that_takes_one() -> None:
    wire = Wire(png(), "image/png")
    url = "https://example.com/a.png?key=s3cret"
    assert refusal(wire, url) == "image_file: a URL (https:) is not a file. Give it as image_path"
    with pytest.raises(ArgumentError, match=r"image: a URL .*Give it as image_url"):
        wire.client().videos.generate(model="m", prompt="p", image=url)
    with pytest.raises(ArgumentError, match=r"file: a URL .*Download it"):
        wire.client().audio.transcribe(model="m", file=url)
    assert not wire.files


async def transcribe(wire: Wire, file: object) -> str:
    client: AsyncEigenGenerate = wire.async_client()
    return (await client.audio.transcribe(model="m", file=file)).text  # type: ignore[arg-type]


def test_an_upload_of_starlette_is_passed_on() -> None:
    wire = transcript()
    wire_of_failures = Wire(b'{"text": "hello"}', "application/json", failures=1)

    async def pass_on(request: Request) -> PlainTextResponse:
        async with request.form() as form:
            upload = form["file"]
            assert isinstance(upload, UploadFile)
            await upload.read(10)  # a program looks at what it got
            await transcribe(wire_of_failures, upload)
            return PlainTextResponse(await transcribe(wire, ("b.wav", upload)))

    async def post() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=[Route("/", pass_on, methods=["POST"])]))
        async with httpx.AsyncClient(transport=transport, base_url="http://app") as browser:
            return await browser.post("/", files={"file": ("memo.wav", wav(), "audio/wav")})

    assert asyncio.run(post()).text == "hello"
    assert wire_of_failures.files == [SentFile("memo.wav", "audio/wav", wav())] * 2
    assert wire.files == [SentFile("b.wav", "audio/wav", wav())]


def test_an_upload_of_starlette_is_refused_by_the_client_for_threads() -> None:
    upload = UploadFile(io.BytesIO(wav()), filename="a.wav")
    with pytest.raises(ArgumentError, match=r"UploadFile is read with await.*Give its `\.file`"):
        transcript().client().audio.transcribe(model="m", file=upload)
    transcript().client().audio.transcribe(model="m", file=upload.file)


def with_recording(use: Callable[[Path], Awaitable[None]]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "memo.wav"
        path.write_bytes(wav())
        asyncio.run(use(path))  # type: ignore[arg-type]


def test_an_open_file_of_aiofiles_is_read_again_for_each_attempt() -> None:
    wire = Wire(b'{"text": "hello"}', "application/json", failures=2)

    async def use(path: Path) -> None:
        async with aiofiles.open(path, "rb") as file:
            assert await transcribe(wire, file) == "hello"

    with_recording(use)
    assert wire.files == [SentFile("memo.wav", "audio/wav", wav())] * 3


def test_an_unusable_file_of_aiofiles_is_refused() -> None:
    wire = transcript()

    async def use(path: Path) -> None:
        async with aiofiles.open(path, encoding="latin-1") as text_file:
            with pytest.raises(ArgumentError, match="file: the file is opened as text"):
                await transcribe(wire, text_file)
        async with aiofiles.open(path, "rb") as file:
            pass
        with pytest.raises(ArgumentError, match="file: the file is closed"):
            await transcribe(wire, file)
        unopened = aiofiles.open(path, "rb")
        with pytest.raises(ArgumentError, match=r"is not a file\. Give what awaiting it returns"):
            await transcribe(wire, unopened)
        await (await unopened).close()

    with_recording(use)
    assert not wire.files
