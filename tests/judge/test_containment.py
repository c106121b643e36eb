"""Media that would hurt a decoder cost one answer: a finding of one line, and not the run or its memory."""

import os
import resource
import signal
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator

import pytest

from eigen_contract.decoding import (
    BrokenMediaError,
    containment,
    is_plain,
    picture,
    sniff,
    sound,
    video,
    worker,
)
from eigen_contract.decoding.loudness import samples_of
from eigen_contract.media import mp3, png, wav

PICTURE = png()


@pytest.fixture(autouse=True)
def process() -> Iterator[containment.DecoderProcess]:
    """A fresh process for each test, with nothing remembered."""
    containment.decode_once.cache_clear()
    yield containment.PROCESS
    containment.PROCESS.close()
    containment.decode_once.cache_clear()


def pid_of(process: containment.DecoderProcess) -> int:
    assert process.process is not None
    return process.process.pid


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def flat_png(side: int) -> bytes:
    """Make a PNG of a few kilobytes that says that it is a square of many pixels, and holds them."""
    packer = zlib.compressobj(9)
    row = bytes(side + 1)
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    bomb = flat_png(12_000)
    assert len(bomb) < 200_000
    with pytest.raises(BrokenMediaError, match="12000 x 12000 pixels large; the judge decodes at most"):
        picture(bomb)
    assert not is_plain(bomb)


def test_the_largest_picture_is_decoded() -> None:
    assert picture(flat_png(6_000)).width == 6_000


def test_a_recording_that_takes_too_much_memory_is_not_decoded() -> None:
    """At one sample a second, 60 kB are 17 hours: 3 GB of samples at the pace to which all are brought."""
    slow = bytearray(wav(seconds=1.9))
    slow[24:32] = struct.pack("<II", 1, 2)
    with pytest.raises(BrokenMediaError, match=r"does not decode|longer than|memory"):
        samples_of(bytes(slow), "audio/wav")
    assert picture(PICTURE).width == 96


def test_a_recording_that_lasts_too_long_is_not_decoded() -> None:
    frames = 46_000
    with pytest.raises(BrokenMediaError, match="lasts longer than 1200 s"):
        sound(mp3(frames))


def test_a_crash_is_said_of_the_medium_and_the_next_one_decodes(process: containment.DecoderProcess) -> None:
    assert picture(PICTURE).width == 96
    os.kill(pid_of(process), signal.SIGSTOP)
    crash = threading.Timer(0.2, os.kill, (pid_of(process), signal.SIGSEGV))
    crash.start()
    # A signal waits until a stopped process goes on.
    go_on = threading.Timer(0.3, os.kill, (pid_of(process), signal.SIGCONT))
    go_on.start()
    with pytest.raises(BrokenMediaError, match=r"crashes the decoder \(SIGSEGV\)"):
        picture(png(64, 64))
    assert picture(png(65, 64)).width == 65


def test_a_medium_that_takes_too_long_ends_its_process_once(
    process: containment.DecoderProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert picture(PICTURE).width == 96
    monkeypatch.setattr(containment, "PATIENCE", 0.3)
    stopped = pid_of(process)
    os.kill(stopped, signal.SIGSTOP)
    for _ in range(2):
        with pytest.raises(BrokenMediaError, match=r"takes longer than 0\.3 s"):
            picture(png(64, 64))
    monkeypatch.undo()
    assert picture(png(65, 64)).width == 65
    assert pid_of(process) != stopped


def test_what_a_decoder_stumbles_over_is_a_reply() -> None:
    def stumble(data: bytes) -> tuple[dict[str, object], bytes]:
        raise IndexError(len(data))

    assert worker.decode(stumble, b"ab") == ({"broken": "it makes the decoder fail: IndexError: 2"}, b"")


@pytest.mark.parametrize("decode", [picture, sound, video])
@pytest.mark.parametrize("data", [b"", b"\x00" * 100, b"RIFF", PICTURE[:40]])
def test_what_is_no_medium_is_said_to_be_none(decode: Callable[[bytes], object], data: bytes) -> None:
    with pytest.raises(BrokenMediaError):
        decode(data)


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    """Run code that decodes a picture, in an interpreter that finds the packages as this one does."""
    imports = "import sys; from eigen_contract.decoding import containment, picture; "
    make = "import eigen_contract.command_line.run; from eigen_contract.media import png; picture(png()); "
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", imports + make + code]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment)


def test_the_judge_loads_no_decoder() -> None:
    done = run_python("print(sorted({'PIL', 'av'} & set(sys.modules)))")
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_the_process_ends_with_the_judge() -> None:
    done = run_python("print(containment.PROCESS.process.pid)")
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


def test_bombs_cost_the_judge_no_memory() -> None:
    bomb = flat_png(12_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(3):
        containment.decode_once.cache_clear()
        with pytest.raises(BrokenMediaError):
            picture(bomb)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000, "kilobytes"
    assert sniff(bomb) == "image/png"
