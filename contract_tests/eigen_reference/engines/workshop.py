"""The server's side of `operations`: each call is done by a child process with limits."""

import pickle
from typing import cast

from .errors import EngineFailedError, UnreadableInputError
from .isolation import EngineProcess, Limits
from .values import Drawing, Edit, Source, Video


class Workshop(EngineProcess):
    """A child process for pictures, sound and video, one call at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        super().__init__(f"{__package__}.operations", limits)

    def draw(self, drawing: Drawing) -> bytes:
        """Return a PNG."""
        return self._call("draw", drawing)[1]

    def edit(self, request: Edit, most_pixels: int) -> bytes:
        """Return the edited picture.

        Raises DearWorkError if its sources have more than `most_pixels` together, UnreadableInputError,
        InputTooLongError.
        """
        return self._with_upload(_uploaded(request.sources), "edit", request, most_pixels)[1]

    def video_source(self, source: Source, most_pixels: int) -> bytes:
        """Return a small PNG of what a video is to start from. Raises what `edit` raises."""
        return self._with_upload(_uploaded((source,)), "video_source", source, most_pixels)[1]

    def video(self, request: Video) -> bytes:
        """Return an MP4."""
        return self._call("video", request)[1]

    def decode(self, recording: bytes, rate: int, name: str, most_seconds: float) -> tuple[bytes, float]:
        """Return at most `most_seconds` of samples, and the recording's seconds.

        Raises UnreadableInputError, naming the field `name`.
        """
        header, samples = self._with_upload(name, "decode", recording, rate, name, most_seconds)
        return samples, cast(float, header["seconds"])

    def resample(self, samples: bytes, source: int, target: int) -> bytes:
        """Return samples at another rate."""
        if source == target or not samples:
            return samples
        return self._call("resample", samples, source, target)[1]

    def encode(self, samples: bytes, audio_format: str) -> bytes:
        """Return a file in one of the formats of `sound`."""
        return self._call("encode", samples, audio_format)[1]

    def _call(self, operation: str, *values: object) -> tuple[dict[str, object], bytes]:
        return self.ask_both({"operation": operation}, pickle.dumps(values))

    def _with_upload(
        self, name: str | None, operation: str, *values: object
    ) -> tuple[dict[str, object], bytes]:
        """Call; a decoder that fails does so because of the upload in the field `name`, if there is one."""
        try:
            return self._call(operation, *values)
        except EngineFailedError as error:
            if name is None:
                raise
            raise UnreadableInputError(
                f"{name} cannot be decoded within the limits of this server: {error.message}", name
            ) from error


def _uploaded(sources: tuple[Source, ...]) -> str | None:
    return next((source.name for source in sources if source.content is not None), None)
