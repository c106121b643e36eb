"""The jobs of the demo. Each makes its request, saves the answer, and fails if that is not what it asked."""

import json
import wave
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from eigen_generate import EigenGenerate, VideoJob

SPOKEN = "the quick brown fox jumps over the lazy dog"
# PocketSphinx may mishear a word of PicoTTS; most of them must come back.
LEAST_SHARE_HEARD = 0.7


class JobError(Exception):
    """A job's answer is not what was asked for."""


class Job(NamedTuple):
    """One row of the demo's table: `run` leaves its result in the file `result` of the given folder."""

    name: str
    request: str
    result: str
    run: Callable[[EigenGenerate, Path], None]


def generate_image(client: EigenGenerate, result: Path) -> None:
    """Draw a cat."""
    client.images.generate(
        model="eigen-image", prompt="A fluffy orange tabby cat in a sunlit garden", seed=7
    ).save(result)
    expect(result.read_bytes().startswith(b"\x89PNG"), "no PNG came")


def edit_image(client: EigenGenerate, result: Path) -> None:
    """Upload the cat, and get it back at another time of day."""
    source = result.with_name("generated.png")
    client.images.edit(
        model="qwen-image-edit-2511",
        prompt="Make it a blue evening",
        image_file=source,
        binary_response=True,
    ).save(result)
    expect(result.read_bytes().startswith(b"\x89PNG"), "no PNG came")
    expect(result.read_bytes() != source.read_bytes(), "the edit changed nothing")


def speak(client: EigenGenerate, result: Path) -> None:
    """Speak a sentence into a file."""
    client.audio.speak(model="higgs2p5", text=SPOKEN, voice="Linda").save(result)
    expect(seconds_of(result) > 1, "less than a second of speech came")


def speak_streaming(client: EigenGenerate, result: Path) -> None:
    """Speak the sentence again, and take the audio as it is made."""
    with client.audio.speak(model="higgs2p5", text=SPOKEN, voice="Linda", stream=True) as stream:
        stream.save(result)
    expect(seconds_of(result) > 1, "less than a second of speech came")


def transcribe(client: EigenGenerate, result: Path) -> None:
    """Upload the spoken sentence, and get its words back."""
    heard = client.audio.transcribe(
        model="whisper_v3_turbo", file=result.with_name("speech.wav"), language="en"
    ).text
    result.write_text(json.dumps({"text": heard}) + "\n", encoding="utf-8")
    back = [word for word in SPOKEN.split() if word in heard.lower().split()]
    expect(len(back) >= LEAST_SHARE_HEARD * len(SPOKEN.split()), f"spoken: {SPOKEN!r}, heard: {heard!r}")


def generate_video(client: EigenGenerate, result: Path) -> None:
    """Upload the cat, wait until it moves, and fetch the video."""
    made = client.videos.generate(
        model="wan2p2-i2v-14b-turbo",
        prompt="The cat turns its head",
        image=result.with_name("generated.png"),
    )
    video = client.videos.wait(made) if isinstance(made, VideoJob) else made
    video.save(result)
    expect(result.read_bytes()[4:8] == b"ftyp", "no MP4 came")


def seconds_of(file: Path) -> float:
    """Read how long a WAV file sounds, in seconds."""
    with wave.open(str(file), "rb") as audio:
        return audio.getnframes() / audio.getframerate()


def expect(truth: bool, otherwise: str) -> None:
    """Raise JobError with the reason `otherwise` unless `truth` holds."""
    if not truth:
        raise JobError(otherwise)


JOBS = (
    Job("image generation", 'images.generate(prompt="A fluffy…")', "generated.png", generate_image),
    Job("image editing", "images.edit(image_file=generated.png)", "edited.png", edit_image),
    Job("text-to-speech", 'audio.speak(voice="Linda")', "speech.wav", speak),
    Job("text-to-speech, streamed", "audio.speak(stream=True)", "streamed.wav", speak_streaming),
    Job("transcription", "audio.transcribe(file=speech.wav)", "transcript.json", transcribe),
    Job("video", "videos.generate(image=generated.png)", "video.mp4", generate_video),
)
