"""The one door to the engines.

Each is loaded when its first job comes, so that one without a wheel stops no other.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from . import chance
from .cache import OutputCache
from .errors import EngineError, InputTooLongError, needs
from .jobs import Job, JobStore
from .values import Drawing, Edit, Source, Transcript, Utterance, Video

if TYPE_CHECKING:
    from .hearing import Listener
    from .speech import Speaker

LONG = 1000
"""Characters of a text from which on it takes long to say."""
SMALL = 100
"""Bytes that an entry without an output weighs: its key."""


class Engines:
    """All engines of one server, with the outputs they made last. Safe to share between threads.

    Every method may raise EngineUnavailableError, naming the package that is missing.
    """

    def __init__(self, *, cache: OutputCache | None = None, jobs: JobStore | None = None) -> None:
        self._cache = cache or OutputCache()
        self._jobs = jobs or JobStore()

    @cached_property
    def speaker(self) -> "Speaker":
        """The engine that speaks."""
        with needs("av"):
            from .speech import Speaker
        return Speaker()

    @cached_property
    def listener(self) -> "Listener":
        """The engine that listens."""
        with needs("av"):
            from .hearing import Listener
        return Listener()

    def draw(self, drawing: Drawing) -> bytes:
        """Return a PNG."""
        with needs("pillow"):
            from . import pictures
        return self._cache.get(drawing, lambda: pictures.draw(drawing), len)

    def edit(self, edit: Edit) -> bytes:
        """Return the edited picture in its format. Raises UnreadableInputError, InputTooLongError."""
        with needs("pillow"):
            from . import pictures
        uploads = sum(len(source.content or b"") for source in edit.sources)
        return self._cache.get(edit, lambda: pictures.edit(edit), lambda output: len(output) + uploads)

    def speak(self, utterance: Utterance) -> bytes:
        """Return 16 bit mono samples at 24 kHz. Raises InputTooLongError, EngineFailedError."""
        spoken = self._cache.get(
            ("spoken", utterance),
            lambda: self._spoken(utterance),
            lambda it: len(it) if isinstance(it, bytes) else SMALL,
        )
        if isinstance(spoken, InputTooLongError):
            raise InputTooLongError(spoken.message, spoken.field)
        return spoken

    def _spoken(self, utterance: Utterance) -> bytes | InputTooLongError:
        """Speak. That a text is too long turns out after seconds of speech, so it is kept like an output."""
        try:
            return b"".join(self.speak_in_pieces(utterance))
        except InputTooLongError as error:
            return error

    def speak_in_pieces(self, utterance: Utterance) -> Iterator[bytes]:
        """Yield what `speak` returns, piece by piece as it is made.

        Long ones are made anew each time: who listens may want to see that they begin before they end.
        """
        if len(utterance.text) > LONG:
            return self.speaker.pieces(utterance)
        return self._cache.stream(utterance, lambda: self.speaker.pieces(utterance))

    def encode(self, samples: bytes, audio_format: str) -> bytes:
        """Return samples as a file: `wav`, `mp3`, `flac`, `aac` or `opus`."""
        with needs("av"):
            from . import sound
        if audio_format == "wav":
            return sound.wav(samples)
        key = (audio_format, chance.digest(samples))
        return self._cache.get(key, lambda: sound.encode(samples, audio_format), len)

    def check_recording(self, recording: bytes, name: str) -> None:
        """Raise UnreadableInputError, naming the field `name`, unless `recording` starts with audio."""
        with needs("av"):
            from . import sound
        key = ("recording", chance.digest(recording))
        self._cache.get(
            key, lambda: sound.decode(recording, sound.SAMPLE_RATE, name, most_seconds=1)[1], lambda _: SMALL
        )

    def transcribe(self, recording: bytes, name: str) -> Transcript:
        """Return what was said. Raises UnreadableInputError naming `name`, EngineFailedError."""
        key = ("heard", chance.digest(recording))
        return self._cache.get(
            key, lambda: self.listener.transcribe(recording, name), lambda heard: len(heard.text)
        )

    def check_picture(self, source: Source) -> None:
        """Raise UnreadableInputError or InputTooLongError unless `source` is a picture, or names one."""
        with needs("pillow"):
            from . import pictures
        if source.content is not None:
            key = ("picture", chance.digest(source.content))
            self._cache.get(key, lambda: pictures.open_source(source).size, lambda _: SMALL)

    def submit_video(self, model: str, video: Video) -> Job:
        """Take an order for a video and return its job, pending until it is asked about.

        Raises UnreadableInputError, InputTooLongError for its source.
        """
        with needs("av"):
            from . import videos
        if video.source is not None:
            self.check_picture(video.source)
        return self._jobs.submit(model, lambda: self._cache.get(video, lambda: videos.video(video), len))

    def job(self, job_id: str) -> Job | None:
        """Return a video's job as it stands now; the first question about it begins it."""
        return self._jobs.get(job_id)

    def warm_up(self) -> None:
        """Load what is slow to load. What cannot be loaded is left for the job that needs it to report."""
        try:
            self.listener.warm_up()
        except EngineError:
            return

    def close(self) -> None:
        """Let the job that is running finish; drop the others."""
        self._jobs.close()
