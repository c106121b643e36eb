"""Results that are pictures or sound, and what their bytes say about them.

Generated code subclasses these where the contract says that a result has no other media types.
"""

from importlib import import_module
from io import BytesIO
from typing import Any

from ..errors import ConfigurationError
from .image_size import pixel_size
from .results import Media
from .wav_format import WavFormat, read_wav_format


class ImageMedia(Media):
    """A picture. Its size is known for PNG, JPEG, WebP, GIF and BMP."""

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height in pixels; None if the format is not known."""
        return pixel_size(self.content)

    @property
    def width(self) -> int | None:
        """The width in pixels; None if the format is not known."""
        return None if self.size is None else self.size[0]

    @property
    def height(self) -> int | None:
        """The height in pixels; None if the format is not known."""
        return None if self.size is None else self.size[1]

    def to_pil(self) -> Any:
        """Return the picture as a PIL.Image.Image; raises ConfigurationError if Pillow is not installed."""
        try:
            # By name, so that type checkers of a program without Pillow miss nothing.
            module = import_module("PIL.Image")
        except ImportError:
            hint = "pip install pillow"
            raise ConfigurationError("to_pil: Pillow is not installed", hint=hint) from None
        return module.open(BytesIO(self.content))

    def to_dict(self) -> dict[str, Any]:
        """Return the same as `Media.to_dict`, with `width` and `height`."""
        return {**super().to_dict(), "width": self.width, "height": self.height}

    def _describe(self) -> str:
        pixels = "" if self.size is None else "{}x{} ".format(*self.size)
        return pixels + super()._describe()


class AudioMedia(Media):
    """Sound. Its duration and rate are known for WAV."""

    @property
    def _wav(self) -> WavFormat | None:
        return read_wav_format(self.content)

    @property
    def duration(self) -> float | None:
        """The duration in seconds; None if the content is not WAV."""
        return None if self._wav is None else self._wav.duration

    @property
    def sample_rate(self) -> int | None:
        """The sample rate in hertz; None if the content is not WAV."""
        return None if self._wav is None else self._wav.sample_rate

    def to_dict(self) -> dict[str, Any]:
        """Return the same as `Media.to_dict`, with `duration` and `sample_rate`."""
        return {**super().to_dict(), "duration": self.duration, "sample_rate": self.sample_rate}

    def _describe(self) -> str:
        length = "" if self._wav is None else f", {self._wav.duration:.2f} s at {self._wav.sample_rate} Hz"
        return super()._describe() + length
