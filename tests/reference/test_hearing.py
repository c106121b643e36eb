"""The engine that listens, and the audio that it is given."""

from pathlib import Path

import pytest

from eigen_reference.engines import sound
from eigen_reference.engines.engines import Engines
from eigen_reference.engines.errors import UnreadableInputError
from eigen_reference.engines.hearing import Listener
from eigen_reference.engines.values import Utterance

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
    heard = LISTENER.transcribe(sound.wav(bytes(2 * round(24_000 * seconds))))
    assert heard.seconds == pytest.approx(seconds, abs=0.001)
    assert len(heard.text.split()) <= 1


def test_listens_to_the_first_half_minute_and_knows_the_rest() -> None:
    heard = LISTENER.transcribe(sound.wav(bytes(48_000 * 45)))
    assert heard.seconds == pytest.approx(45)


@pytest.mark.parametrize(
    "recording",
    [
        b"",
        b"no audio at all",
        b"RIFF\x00\x00\x00\x00WAVE",
        sound.wav(b""),
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
    (tmp_path / "secret.wav").write_bytes(sound.wav(samples))
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
