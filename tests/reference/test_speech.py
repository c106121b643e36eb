"""The engine that speaks."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eigen_reference.engines import riff
from eigen_reference.engines.errors import EngineFailedError, EngineUnavailableError, InputTooLongError
from eigen_reference.engines.isolation import Limits
from eigen_reference.engines.speech import MAX_CHARACTERS, Speaker, cut, pico_process, voice_for
from eigen_reference.engines.values import Utterance
from tests.reference.decoders import wave

SPEAKER = Speaker()


def said(text: str, *, speed: float = 1.0, pitch: float = 1.0, volume: float = 1.0) -> bytes:
    return b"".join(SPEAKER.pieces(Utterance(text, speed=speed, pitch=pitch, volume=volume)))


def test_speaks_sixteen_bits_at_24_khz() -> None:
    decoded = wave(riff.wav(said("Good morning.")))
    assert (decoded.channels, decoded.rate, decoded.bits) == (1, 24_000, 16)
    assert 0.5 < len(decoded.samples) / 48_000 < 3


def test_speaks_the_same_bytes_again_whatever_came_between() -> None:
    first = said("Good morning.")
    said("Something else entirely, and rather longer.")
    assert said("Good morning.") == first


def test_speaks_the_same_bytes_in_another_process() -> None:
    assert b"".join(Speaker().pieces(Utterance("Good morning."))) == said("Good morning.")


@pytest.mark.parametrize("options", [{"speed": 2.0}, {"pitch": 1.3}, {"volume": 0.4}])
def test_speed_pitch_and_volume_are_heard(options: dict[str, float]) -> None:
    assert said("Good morning.", **options) != said("Good morning.")


def test_a_language_has_its_own_voice() -> None:
    german = b"".join(SPEAKER.pieces(Utterance("Guten Morgen.", language="German")))
    assert german != said("Guten Morgen.")


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ("en", "en-US"),
        ("English", "en-US"),
        ("en-GB", "en-GB"),
        ("fr-CA", "fr-FR"),
        ("Auto", "en-US"),
        ("", "en-US"),
    ],
)
def test_finds_a_voice_for_any_language(language: str, voice: str) -> None:
    assert voice_for(language) == voice


@pytest.mark.parametrize(
    "text", ["", "   ", "你好", "\x00", "<", "1" * 400, "supercalifragilistic" * 40, "<break time='900s'/>"]
)
def test_speaks_or_pauses_whatever_the_text(text: str) -> None:
    assert 0 < len(said(text)) < 48_000 * 120


def test_yields_pieces_as_they_are_made() -> None:
    pieces = list(SPEAKER.pieces(Utterance("One thing. Another thing.")))
    assert len(pieces) == 2


@pytest.mark.parametrize("text", ["x" * (MAX_CHARACTERS + 1), "987654321 " * 9])
def test_refuses_a_text_that_takes_too_long(text: str) -> None:
    with pytest.raises(InputTooLongError) as caught:
        list(Speaker(most_seconds=5).pieces(Utterance(text)))
    assert caught.value.field == "text"


@given(st.text(max_size=600))
@settings(max_examples=150, deadline=None)
def test_cuts_any_text_into_short_plain_pieces(text: str) -> None:
    pieces = cut(text)
    assert all(0 < len(piece) <= 200 and not set(piece) & set("<>&\0\n") for piece in pieces)
    assert all(len(word) <= 24 for piece in pieces for word in piece.split())


def test_cuts_a_word_that_nobody_could_say() -> None:
    assert cut("1" * 60) == [f"{'1' * 24} {'1' * 24} {'1' * 12}"]


def test_cutting_loses_no_word() -> None:
    text = "One two three. " * 30 + "Four five " * 60
    assert " ".join(cut(text)).split() == text.split()


def test_an_engine_that_hangs_is_ended_and_the_next_request_served(tmp_path: Path) -> None:
    (tmp_path / "py_nanotts.py").write_text(HANGS_ON_DEMAND)
    speaker = Speaker(pico_process(Limits(seconds=2), PYTHONPATH=str(tmp_path)))
    with pytest.raises(EngineFailedError, match="over 2 s"):
        list(speaker.pieces(Utterance("hang")))
    assert list(speaker.pieces(Utterance("go on")))


def test_a_missing_wheel_is_named(tmp_path: Path) -> None:
    (tmp_path / "py_nanotts.py").write_text("raise ImportError('no wheel for this machine')")
    speaker = Speaker(pico_process(PYTHONPATH=str(tmp_path)))
    with pytest.raises(EngineUnavailableError) as caught:
        list(speaker.pieces(Utterance("Good morning.")))
    assert caught.value.package == "py-nanotts"


HANGS_ON_DEMAND = """
import threading

class NanoTTS:
    def speak(self, text, *options):
        if text == "hang":
            threading.Event().wait()
        return bytes(3200)
"""
