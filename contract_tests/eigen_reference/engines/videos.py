"""Make short videos with PyAV: a slow move over a picture while light drifts through it; H.264 in MP4."""

import io
import math
from collections.abc import Iterator

import av
from PIL import Image, ImageDraw

from . import chance
from .muxing import FileWriter
from .painting import paint
from .pictures import open_source
from .scaling import resize
from .values import Source, Video

Drift = tuple[float, float]
"""Where the view moves, across and down, from -1 to 1."""
Light = tuple[float, float, float]
"""Where a light starts, across and down, as fractions; and how fast it rises."""
FRAMES_A_SECOND = 16
LONGEST_SIDE = 320
"""Pixels. Small, because a contract suite asks for many videos and looks at none."""
MOST_FRAMES = 257


def video(request: Video) -> bytes:
    """Return an MP4 of exactly `request.frames` frames.

    Raises UnreadableInputError, InputTooLongError for its source.
    """
    picture = _picture(request)
    dice = chance.dice(request.prompt, chance.settle(request.seed))
    drift = (dice.uniform(-1, 1), dice.uniform(-1, 1))
    lights = [(dice.random(), dice.random(), dice.uniform(0.5, 2)) for _ in range(2 * request.steps)]
    writer = FileWriter("mp4")
    # One thread, because how many there are changes what x264 writes.
    options = {"preset": "ultrafast", "threads": "1", "crf": "26"}
    stream = writer.add_stream("libx264", FRAMES_A_SECOND, options=options)
    stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, "yuv420p"
    return writer.finish(_frames(picture, drift, lights, request.frames))


def prepare(source: Source) -> bytes:
    """Return a source at the size of a video, as a PNG: an order that waits keeps no more than that.

    Raises UnreadableInputError, InputTooLongError.
    """
    buffer = io.BytesIO()
    _fitted(source).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _frames(picture: Image.Image, drift: Drift, lights: list[Light], count: int) -> Iterator[av.VideoFrame]:
    for number in range(count):
        image = _view(picture, drift, number / max(count - 1, 1))
        _shine(image, lights, number)
        yield _frame(image)


def _picture(request: Video) -> Image.Image:
    """Return the picture to move over, at an even size: H.264 halves the colour planes."""
    if request.source is None:
        return paint(request.prompt, "", (LONGEST_SIDE, LONGEST_SIDE * 9 // 16 // 2 * 2), request.seed)
    return _fitted(request.source)


def _fitted(source: Source) -> Image.Image:
    picture = open_source(source)
    scale = LONGEST_SIDE / max(picture.size)
    width, height = (max(16, round(side * scale) // 2 * 2) for side in picture.size)
    return resize(picture, (width, height))


def _view(picture: Image.Image, drift: Drift, progress: float) -> Image.Image:
    """Return the picture seen from a little nearer as time goes on, moving along `drift`."""
    margin = 0.12 * progress
    left = picture.width * margin * (0.5 + 0.5 * drift[0])
    top = picture.height * margin * (0.5 + 0.5 * drift[1])
    box = (left, top, left + picture.width * (1 - margin), top + picture.height * (1 - margin))
    return resize(picture, picture.size, box)


def _shine(image: Image.Image, lights: list[Light], number: int) -> None:
    """Let small lights rise; how many says how many steps were asked for."""
    draw = ImageDraw.Draw(image)
    for x, y, pace in lights:
        centre_x = image.width * (x + 0.02 * math.sin(number / 5 + x * math.tau))
        centre_y = image.height * ((y - number * pace / 200) % 1)
        draw.ellipse((centre_x - 2, centre_y - 2, centre_x + 2, centre_y + 2), fill=(255, 244, 200))


def _frame(image: Image.Image) -> av.VideoFrame:
    frame = av.VideoFrame(image.width, image.height, "rgb24")
    plane = frame.planes[0]
    row, padding = image.width * 3, bytes(plane.line_size - image.width * 3)
    pixels = image.tobytes()
    # FFmpeg aligns each row; the padding belongs to nobody.
    plane.update(b"".join(pixels[at : at + row] + padding for at in range(0, len(pixels), row)))
    return frame
