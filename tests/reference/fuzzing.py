"""Damage what the server reads, by the thousand, and watch time and memory: the session `fuzz`.

What is found here becomes a test of its own beside the module at fault; this file only searches. Each decoder
gets files that are nearly right, because what is wrong from the first byte is refused by the first byte.
"""

import importlib
import io
import json
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from PIL import Image

from eigen_reference.contract import Contract, find, load
from eigen_reference.engines import sound
from eigen_reference.engines.errors import EngineFailedError, InputTooLongError, UnreadableInputError
from eigen_reference.engines.isolation import EngineProcess, Limits
from eigen_reference.engines.muxing import FileWriter
from eigen_reference.engines.pictures import FORMATS, HEIF
from eigen_reference.engines.sound import CODECS
from eigen_reference.engines.values import Edit, Source
from eigen_reference.engines.workshop import Workshop
from eigen_reference.forms import read
from eigen_reference.json_text import StrictJsonError, decode_body
from eigen_reference.problems import RequestError
from eigen_reference.service import FORM, GENERATE
from tests.reference.sockets import KEY, Process, form, post, riff, serving

FUZZ = settings(
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
SECONDS = 8.0
"""Of one input, on a machine that does other things as well; most take milliseconds."""
MEGABYTES = 400
"""Of a child for one small file. It fails beyond that, and the file is a find."""
ODD = [b"", b"\0", b"\xff", b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\r\n", b'"', b"\\"]


@contextmanager
def watched() -> Generator[None]:
    """Fail if the block takes long."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < SECONDS


@st.composite
def damaged(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """Return one of the seeds with some bytes changed, left out, put in or repeated."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(0, min(len(data) - 1, 4_000))))
        length = draw(st.sampled_from([0, 1, 1, 2, 4, 8, 100]))
        new = draw(st.sampled_from(ODD) | st.binary(min_size=1, max_size=4))
        data = data[:place] + new * draw(st.sampled_from([1, 1, 1, 50])) + data[place + length :]
        if draw(st.integers(0, 9)) == 0:
            data = data[: draw(st.integers(0, len(data)))]
    return data


JSON_SEEDS = [
    b'{"model":"m","prompt":"a \xc3\xa9 \\ud83d\\ude00","seed":-1.5e300,"width":512,"stream":true,"x":null}',
    b'{"voice_settings":{"speed":1.5,"a":[[[{}]]]},"sampling":{"temperature":0.1},"text":"\\\\\\"\\n"}',
    b'{"image_path":"data:image/png;base64,aGVsbG8=","images":[],"":{"":""}}',
]


@given(damaged(JSON_SEEDS) | st.binary(max_size=200))
@FUZZ
def test_json(body: bytes) -> None:
    with watched():
        try:
            value = decode_body(body)
        except StrictJsonError:
            event("refused")
            return
    assert json.loads(json.dumps(value)) == value


FORM_SEEDS = [
    form(("image_file", b"\x89PNG\r\n--B"), ("images", bytes(30)), model="m", prompt="p", seed="7")[0],
    form(("file", b"RIFF"), model="m", language="en", voice_settings='{"speed": 1}')[0],
    b'--B\r\nContent-Disposition: form-data; name*=utf-8\'\'x; name="a\\"b"; filename="C:\\x"\r\n'
    b"Content-Type: text/plain; charset=latin-1\r\n\r\n\xe9\r\n--B--\r\nafter",
]


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load(find())


@given(body=damaged(FORM_SEEDS) | st.binary(max_size=200))
@FUZZ
def test_forms(contract: Contract, body: bytes) -> None:
    with watched():
        try:
            read(body, b"B", contract.body(GENERATE, FORM))
        except RequestError as error:
            event(f"refused: {error.status}")
            if error.status not in (400, 413):
                raise


def check_decoder(work: Callable[[], object]) -> None:
    """Fail unless a decoder takes or refuses a file, within the limits of its child."""
    with watched():
        try:
            work()
        except (UnreadableInputError, InputTooLongError) as error:
            event("refused")
            # What crashed the child, or went beyond its limits, is refused as well, but is a find.
            if "within the limits" in error.message:
                raise


def pictures_as(saved_as: str) -> list[bytes]:
    """Return small pictures in several modes, in one format."""
    importlib.import_module("pillow_heif.HeifImagePlugin")  # registers itself
    made: list[bytes] = []
    for mode in ("RGB", "L", "P", "1", "RGBA", "CMYK", "I;16"):
        buffer = io.BytesIO()
        try:
            Image.new(mode, (24, 17), 1).save(buffer, saved_as)
        except (OSError, ValueError, KeyError):
            continue  # the format has no such mode
        made.append(buffer.getvalue())
    return made


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    made = Workshop(Limits(SECONDS, MEGABYTES))
    yield made
    made.close()


@pytest.mark.parametrize("saved_as", [*FORMATS, HEIF])
def test_pictures(workshop: Workshop, saved_as: str) -> None:
    @given(damaged(pictures_as(saved_as)))
    @FUZZ
    def search(content: bytes) -> None:
        edit = Edit((Source("image", content),), "blur")
        check_decoder(lambda: workshop.edit(edit, 2**40))

    search()


SOUNDS = {
    "w64": "pcm_s16le",
    "mp4": "aac",
    "matroska": "aac",
    "aiff": "pcm_s16be",
    "au": "pcm_s16be",
    "caf": "pcm_s16be",
    "asf": "wmav2",
    "webm": "libopus",
    "ac3": "ac3",
    "tta": "tta",
    "wv": "wavpack",
}
"""Codec by container, beside those that the engines write; `wav` is written by hand."""


def sound_in(container: str) -> list[bytes]:
    """Return short recordings in one container."""
    samples = bytes(range(256)) * 90
    if container == "wav":
        return [riff(samples), riff(samples, 8_000, 2)]
    if container in CODECS:
        return [sound.encode(samples, container)]
    writer = FileWriter(container)
    stream = writer.add_stream(SOUNDS[container], 48_000, layout="mono")
    if container == "asf":
        stream.bit_rate = 64_000
    frame = AudioFrame(format="s16", layout="mono", samples=len(samples) // 2)
    frame.planes[0].update(samples)
    frame.sample_rate = 48_000
    # The encoder says what it takes once it is open; floats serve all that compress.
    planar = {"aac": "fltp", "wmav2": "fltp", "libopus": "flt"}.get(SOUNDS[container], "s16")
    frames = AudioResampler(planar, "mono", 48_000, 960).resample(frame)
    return [writer.finish(frames)]


@pytest.mark.parametrize("container", ["wav", *CODECS, *SOUNDS])
def test_sounds(workshop: Workshop, container: str) -> None:
    @given(damaged(sound_in(container)))
    @FUZZ
    def search(content: bytes) -> None:
        check_decoder(lambda: workshop.decode(content, 16_000, "file", 30))

    search()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    arguments = ("--head-timeout", "0.2", "--body-timeout", "0.2", "--idle-timeout", "0.2", "--allow-faults")
    with serving(tmp_path_factory.mktemp("server"), *arguments) as process:
        yield process
        assert process.log.read_text() == ""
        assert process.megabytes() < MEGABYTES
        assert process.stop()[0] == 0


REQUESTS = [
    post(b'{"model":"m"}', "Connection: close"),
    post(b'{"model":"m"}') * 2,
    post(b"", "Transfer-Encoding: chunked").replace(b"Content-Length: 0\r\n", b"")
    + b"5\r\n{    \r\n0\r\n\r\n",
    post(b"{}", "Expect: 100-continue", "Upgrade: websocket", "Connection: upgrade"),
    b"GET /api/v1/generate/status?jobId=%41&model=m HTTP/1.1\r\nHost: x\r\n" + KEY.encode() + b"\r\n\r\n",
]


@given(request=damaged(REQUESTS))
@FUZZ
def test_http(server: Process, request: bytes) -> None:
    with watched():
        try:
            answer = server.send(request)
        except (OSError, IndexError):
            event("closed")  # half an answer, or none, to what is half a request
            return
    event(str(answer.status))
    assert answer.status < 500


def test_the_watch_sees_what_is_slow(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text("import time\ndef answer(a, p):\n    time.sleep(60)\n")
    process = EngineProcess("slow", Limits(1, MEGABYTES), environment={"PYTHONPATH": str(tmp_path)})
    with pytest.raises(EngineFailedError, match="over 1 s"):
        process.ask({})
