"""The one door to the engines.

Each is started when its first job comes, so that one without a wheel stops no other. Every method may raise
EngineUnavailableError, naming the package that is missing, and WorkCancelledError. Those that take `cheap`
raise DearWorkError if it is true and the work would hold up others; then it is to be asked for again where
dear work waits.
"""

from collections.abc import Iterator
from functools import cached_property

from attrs import evolve

from . import orders
from .cache import OutputCache
from .errors import DearWorkError, InputTooLongError
from .hearing import Listener
from .isolation import Limits
from .jobs import Job, JobStore, Work
from .riff import wav
from .speech import MAX_CHARACTERS, SAMPLE_RATE, Speaker
from .values import Drawing, Edit, Source, Transcript, Utterance, Video
from .workshop import Workshop

LONG = 1000
"""Characters of a text from which on it takes long to say."""
CHEAP_PIXELS = 2048 * 2048
"""Of all sources of an edit together; as many as the largest picture that is drawn has."""
ANY_PIXELS = 2**62


class Engines:
    """All engines of one server, with the outputs they made last. Safe to share between threads."""

    def __init__(self, *, cache: OutputCache | None = None, jobs: JobStore | None = None) -> None:
        self.cache = cache or OutputCache()
        self.jobs = jobs or JobStore()
        self._pictures = Workshop(Limits(seconds=30, megabytes=512))
        self._large_pictures = Workshop(Limits(seconds=60, megabytes=1536))
        self._sound = Workshop(Limits(seconds=30, megabytes=512))
        self._videos = Workshop(Limits(seconds=120, megabytes=512))
        self._workshops = (self._pictures, self._large_pictures, self._sound, self._videos)
        self.jobs.restore(self._remade)

    @cached_property
    def speaker(self) -> Speaker:
        """The engine that speaks."""
        return Speaker(workshop=self._sound)

    @cached_property
    def listener(self) -> Listener:
        """The engine that listens."""
        return Listener(self._sound)

    def draw(self, drawing: Drawing) -> bytes:
        """Return a PNG."""
        return self.cache.get(drawing, lambda: self._pictures.draw(drawing), len)

    def edit(self, edit: Edit, *, cheap: bool = False) -> bytes:
        """Return the edited picture in its format. Raises UnreadableInputError, InputTooLongError."""
        return self.cache.get(edit, lambda: self._edited(edit, cheap), len)

    def _edited(self, edit: Edit, cheap: bool) -> bytes:
        if cheap:
            return self._pictures.edit(edit, CHEAP_PIXELS)
        return self._large_pictures.edit(edit, ANY_PIXELS)

    def speak(self, utterance: Utterance, *, cheap: bool = False) -> bytes:
        """Return 16 bit mono samples at 24 kHz. Raises InputTooLongError, EngineFailedError."""
        self._judge(utterance, cheap)
        spoken = self.cache.get(
            ("spoken", utterance),
            lambda: self._spoken(utterance),
            lambda it: len(it) if isinstance(it, bytes) else 0,
        )
        if isinstance(spoken, InputTooLongError):
            raise InputTooLongError(spoken.message, spoken.field)
        return spoken

    def _spoken(self, utterance: Utterance) -> bytes | InputTooLongError:
        """Speak. That a text is too long turns out after seconds of speech, so it is kept like an output."""
        try:
            return b"".join(self.speaker.pieces(utterance))
        except InputTooLongError as error:
            return InputTooLongError(error.message, error.field)  # without its trace, which holds the text

    def speak_in_pieces(self, utterance: Utterance, *, cheap: bool = False) -> Iterator[bytes]:
        """Yield what `speak` returns, piece by piece as it is made.

        Long ones are made anew each time: who listens may want to see that they begin before they end.
        """
        self._judge(utterance, cheap)
        if len(utterance.text) > LONG:
            return self.speaker.pieces(utterance)
        return self.cache.stream(utterance, lambda: self.speaker.pieces(utterance))

    def _judge(self, utterance: Utterance, cheap: bool) -> None:
        if len(utterance.text) > MAX_CHARACTERS:
            raise InputTooLongError(f"text has more than {MAX_CHARACTERS} characters", "text")
        if cheap and len(utterance.text) > LONG:
            raise DearWorkError

    def encode(self, samples: bytes, audio_format: str) -> bytes:
        """Return samples as a file: `wav`, `mp3`, `flac`, `aac` or `opus`."""
        if audio_format == "wav":
            return wav(samples)
        question = ("encoded", audio_format, samples)
        return self.cache.get(question, lambda: self._sound.encode(samples, audio_format), len)

    def check_recording(self, recording: bytes, name: str) -> None:
        """Raise UnreadableInputError, naming the field `name`, unless `recording` starts with audio."""
        self.cache.get(
            ("recording", recording),
            lambda: self._sound.decode(recording, SAMPLE_RATE, name, most_seconds=1)[1],
            lambda _: 0,
        )

    def transcribe(self, recording: bytes, name: str, *, cheap: bool = False) -> Transcript:
        """Return what was said. Raises UnreadableInputError naming `name`, EngineFailedError."""
        return self.cache.get(
            ("heard", recording),
            lambda: self.listener.transcribe(recording, name, cheap=cheap),
            lambda heard: len(heard.text),
        )

    def submit_video(self, model: str, video: Video, *, cheap: bool = False) -> Job:
        """Take an order for a video and return its job, pending until it is asked about.

        Raises UnreadableInputError, InputTooLongError for its source.
        """
        if video.source is not None:
            small = self._video_source(video.source, cheap)
            video = evolve(video, source=Source(video.source.name, small))
        weight = len(video.prompt) + (len(video.source.content or b"") if video.source else 0)
        ordered = orders.encoded(video) if self.jobs.is_kept else None
        return self.jobs.submit(model, lambda: self._made_video(video), weight=weight, ordered=ordered)

    def _remade(self, ordered: bytes) -> Work:
        video = orders.decoded(ordered)
        return lambda: self._made_video(video)

    def _made_video(self, video: Video) -> bytes:
        return self.cache.get(video, lambda: self._videos.video(video), len)

    def _video_source(self, source: Source, cheap: bool) -> bytes:
        workshop, pixels = (self._pictures, CHEAP_PIXELS) if cheap else (self._large_pictures, ANY_PIXELS)
        return self.cache.get(("video", source), lambda: workshop.video_source(source, pixels), len)

    def job(self, job_id: str) -> Job | None:
        """Return a video's job as it stands now; the first question about it begins it."""
        return self.jobs.get(job_id)

    def open(self) -> None:
        """Work again, after `close`: a test begins and ends the same app many times."""
        for process in self._workshops:
            process.open()
        self.speaker.open()
        self.listener.open()
        self.jobs.open()

    def close(self) -> None:
        """Stop all work, and end the processes that do it. Jobs that are not done stay as they are."""
        for process in self._workshops:
            process.close()
        self.speaker.close()
        self.listener.close()
        self.jobs.close()
