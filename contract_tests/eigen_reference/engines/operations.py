"""What the child processes of `workshop` do with pictures, sound and video.

The packages are imported by the first operation that needs them: a child that only resamples sound holds no
Pillow, and one without a wheel says which it is.
"""

import pickle
from collections.abc import Callable

from .child import Reply
from .errors import needs
from .values import Drawing, Edit, Source, Video


def answer(arguments: dict[str, object], payload: bytes) -> Reply:
    """Do one operation; the bytes are its pickled arguments, which come from the server and nobody else."""
    return OPERATIONS[str(arguments["operation"])](*pickle.loads(payload))


def draw(drawing: Drawing) -> bytes:
    """Return a PNG."""
    with needs("pillow"):
        from . import pictures
    return pictures.draw(drawing)


def edit(request: Edit, most_pixels: int) -> bytes:
    """Return the edited picture."""
    with needs("pillow"):
        from . import pictures
    pictures.measure(request.sources, most_pixels)
    return pictures.edit(request)


def video_source(source: Source, most_pixels: int) -> bytes:
    """Return a small PNG of what a video is to start from."""
    with needs("pillow"):
        from . import pictures
    pictures.measure((source,), most_pixels)
    with needs("av"):
        from . import videos
    return videos.prepare(source)


def video(request: Video) -> bytes:
    """Return an MP4."""
    with needs("av"):
        from . import videos
    return videos.video(request)


def decode(recording: bytes, rate: int, name: str, most_seconds: float) -> Reply:
    """Return samples, and say for how many seconds the recording lasts."""
    with needs("av"):
        from . import sound
    samples, seconds = sound.decode(recording, rate, name, most_seconds)
    return {"seconds": seconds}, samples


def resample(samples: bytes, source: int, target: int) -> bytes:
    """Return samples at another rate."""
    with needs("av"):
        from . import sound
    return sound.resample(samples, source, target)


def encode(samples: bytes, audio_format: str) -> bytes:
    """Return a file."""
    with needs("av"):
        from . import sound
    return sound.encode(samples, audio_format)


OPERATIONS: dict[str, Callable[..., Reply]] = {
    operation.__name__: operation for operation in (draw, edit, video_source, video, decode, resample, encode)
}
