"""The engine that listens, and the audio that it is given."""

import struct
from pathlib import Path

import pytest
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from eigen_reference.engines import riff, sound
from eigen_reference.engines.engines import Engines
from eigen_reference.engines.errors import DearWorkError, UnreadableInputError
from eigen_reference.engines.hearing import Listener
from eigen_reference.engines.muxing import FileWriter
from eigen_reference.engines.values import Utterance
from tests.reference import sockets

LISTENER = Listener()
CONFUSING = (
    ("The quick brown fox jumps over the lazy dog", "en-US"),
    ("The quick brown fox jumps over the lazy dog", "en-GB"),
    ("Good morning, and welcome aboard.", "en-US"),
)
"""The second is heard in two ways, by which of the others came before, unless the decoder starts afresh."""
SENTENCE = "The quick brown fox jumped over the lazy dog."


@pytest.fixture(scope="module")
def samples(engines: Engines) -> bytes:
    return engines.speak(Utterance(SENTENCE))


def words(text: str) -> set[str]:
    return set(text.lower().replace(".", "").split())


@pytest.mark.parametrize("audio_format", ["wav", "mp3"])
def test_hears_what_was_said(audio_format: str, samples: bytes, engines: Engines) -> None:
    heard = LISTENER.transcribe(engines.encode(samples, audio_format))
    assert len(words(heard.text) & words(SENTENCE)) >= 7
    assert heard.seconds == pytest.approx(len(samples) / 48_000, abs=0.1)


@pytest.mark.parametrize("audio_format", sound.CODECS)
def test_decodes_every_container_that_it_makes(audio_format: str, samples: bytes) -> None:
    decoded, seconds = sound.decode(sound.encode(samples, audio_format), 16_000, "file", most_seconds=30)
    assert seconds == pytest.approx(len(samples) / 48_000, abs=0.1)
    assert any(decoded)


def test_hears_the_same_again_whatever_came_before(engines: Engines) -> None:
    def recording(text: str, language: str) -> bytes:
        return engines.encode(engines.speak(Utterance(text, language=language)), "wav")

    fox, doubtful, morning = (recording(*words_and_language) for words_and_language in CONFUSING)
    listener = Listener()
    heard = [listener.transcribe(one).text for one in (fox, doubtful, morning, doubtful)]
    assert heard[1] == heard[3]


@pytest.mark.parametrize("seconds", [0.001, 0.1, 1])
def test_hears_silence_without_an_error(seconds: float) -> None:
    heard = LISTENER.transcribe(riff.wav(bytes(2 * round(24_000 * seconds))))
    assert heard.seconds == pytest.approx(seconds, abs=0.001)
    assert len(heard.text.split()) <= 1


def test_listens_to_the_first_half_minute_and_knows_the_rest() -> None:
    heard = LISTENER.transcribe(riff.wav(bytes(48_000 * 45)))
    assert heard.seconds == pytest.approx(45)


@pytest.mark.parametrize(
    "recording",
    [
        b"",
        b"no audio at all",
        b"RIFF\x00\x00\x00\x00WAVE",
        riff.wav(b""),
        b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n",
        b"ffconcat version 1.0\nfile '/etc/hostname'\n",
    ],
)
def test_refuses_what_is_no_recording_naming_the_field(recording: bytes) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        sound.decode(recording, 16_000, "file", most_seconds=30)
    assert caught.value.field == "file"


def test_reads_no_file_that_an_upload_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, samples: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.wav").write_bytes(riff.wav(samples))
    with pytest.raises(UnreadableInputError):
        sound.decode(b"ffconcat version 1.0\nfile secret.wav\n", 16_000, "file", most_seconds=30)


def test_refuses_a_picture(png: bytes) -> None:
    with pytest.raises(UnreadableInputError):
        sound.decode(png, 16_000, "file", most_seconds=30)


def test_encodes_the_same_bytes_again(samples: bytes) -> None:
    assert {name: sound.encode(samples, name) for name in sound.CODECS} == {
        name: sound.encode(samples, name) for name in sound.CODECS
    }


def test_resampling_keeps_the_length_in_seconds(samples: bytes) -> None:
    assert len(sound.resample(samples, 24_000, 16_000)) == pytest.approx(len(samples) * 2 / 3, abs=200)


def header_of(kind: str, rate: int, channels: int = 1) -> bytes:
    """Return a recording of a second, or what its header makes of it."""
    if kind == "au":
        return b".snd" + struct.pack(">IIIII", 24, 64_000, 3, rate, channels) + bytes(64_000)
    return sockets.riff(bytes(64_000), rate, channels)


@pytest.mark.parametrize("kind", ["wav", "au"])
@pytest.mark.parametrize("rate", [1, 10, 3_999, 600_000])
def test_refuses_a_rate_that_would_be_resampled_to_gigabytes(kind: str, rate: int) -> None:
    with pytest.raises(UnreadableInputError, match=r"samples a second|decoded"):
        sound.decode(header_of(kind, rate), 24_000, "file", most_seconds=30)


@pytest.mark.parametrize("kind", ["wav", "au"])
@pytest.mark.parametrize("channels", [9, 255, 60_000])
def test_refuses_more_channels_than_anyone_hears(kind: str, channels: int) -> None:
    with pytest.raises(UnreadableInputError):
        sound.decode(header_of(kind, 16_000, channels), 24_000, "file", most_seconds=30)


@pytest.mark.parametrize("kind", ["wav", "au"])
@pytest.mark.parametrize("rate", [4_000, 8_000, 44_100, 192_000])
def test_takes_every_usual_rate(kind: str, rate: int) -> None:
    samples, seconds = sound.decode(header_of(kind, rate), 16_000, "file", most_seconds=30)
    assert seconds == pytest.approx(32_000 / rate, rel=0.05)
    assert len(samples) == pytest.approx(32_000 * seconds, rel=0.05)


@pytest.mark.parametrize(
    ("container", "codec", "sample_format"),
    [("asf", "wmav2", "fltp"), ("ac3", "ac3", "fltp"), ("tta", "tta", "s16"), ("wv", "wavpack", "s16p")],
)
def test_hears_what_few_programs_write(
    container: str, codec: str, sample_format: str, samples: bytes
) -> None:
    rate = 48_000
    writer = FileWriter(container)
    stream = writer.add_stream(codec, rate, layout="mono")
    stream.bit_rate = 96_000
    frame = AudioFrame(format="s16", layout="mono", samples=len(samples) // 2)
    frame.planes[0].update(samples)
    frame.sample_rate = 24_000
    resampler = AudioResampler(format=sample_format, layout="mono", rate=rate, frame_size=1536)
    recording = writer.finish(resampler.resample(frame))
    assert len(words(LISTENER.transcribe(recording).text) & words(SENTENCE)) >= 6


def test_what_is_not_taken_is_told_what_is() -> None:
    with pytest.raises(UnreadableInputError, match=r"taken are WAV, MP3, FLAC, .* and WMA"):
        sound.decode(b"MThd\0\0\0\x06", 16_000, "file", most_seconds=30)


def test_a_long_recording_is_dear() -> None:
    with pytest.raises(DearWorkError):
        LISTENER.transcribe(riff.wav(bytes(48_000 * 7)), cheap=True)
    assert LISTENER.transcribe(riff.wav(bytes(48_000 * 5)), cheap=True).seconds == pytest.approx(5)
