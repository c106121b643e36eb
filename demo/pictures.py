"""The small pictures of the README and the guides: `./dev -s demo -- --pictures docs/pictures`."""

import wave
from pathlib import Path
from typing import Any

import av
from PIL import Image, ImageDraw

SIDE = 256
WAVE_HEIGHT = 96
# A picture in a repository is fetched by every clone: few frames and colours suffice to show a motion.
VIDEO_SIDE, VIDEO_FRAMES, COLOURS = 128, 10, 32
FRAME_MILLISECONDS = 120
INK, PAPER = "#00796b", "#f5f7f7"


def make_pictures(results: Path, folder: Path) -> None:
    """Write a picture of each result of the demo in `results` to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    shrink(results / "generated.png", folder / "image.png")
    shrink(results / "edited.png", folder / "edit.png")
    draw_sound(results / "speech.wav", folder / "speech.png")
    animate(results / "video.mp4", folder / "video.gif")


def shrink(source: Path, target: Path) -> None:
    """Write a small copy of a picture."""
    with Image.open(source) as picture:
        small = picture.convert("RGB")
        small.thumbnail((SIDE, SIDE))
        small.quantize(COLOURS).save(target, optimize=True)


def draw_sound(source: Path, target: Path) -> None:
    """Draw how loud a WAV file of 16-bit samples is from left to right."""
    with wave.open(str(source), "rb") as audio:
        samples = memoryview(audio.readframes(audio.getnframes())).cast("h")
    picture = Image.new("RGB", (2 * SIDE, WAVE_HEIGHT), PAPER)
    draw = ImageDraw.Draw(picture)
    loudest = max(1, *map(abs, samples))
    step, middle = max(1, len(samples) // picture.width), WAVE_HEIGHT // 2
    for x in range(picture.width):
        part = samples[x * step : (x + 1) * step]
        height = round(max(map(abs, part), default=0) / loudest * (middle - 4))
        draw.line([(x, middle - height), (x, middle + height)], fill=INK)
    picture.quantize(COLOURS).save(target, optimize=True)


def animate(source: Path, target: Path) -> None:
    """Write some frames of a video as a small GIF."""
    frames = read_frames(source)
    step = max(1, len(frames) // VIDEO_FRAMES)
    small = [frame.quantize(COLOURS) for frame in frames[::step]]
    small[0].save(
        target, save_all=True, append_images=small[1:], duration=FRAME_MILLISECONDS, loop=0, optimize=True
    )


def read_frames(source: Path) -> list[Image.Image]:
    """Return the frames of a video as small pictures."""
    frames: list[Image.Image] = []
    with av.open(source) as video:
        for frame in video.decode(video=0):
            untyped_frame: Any = frame  # PyAV gives no type for the picture
            picture: Image.Image = untyped_frame.to_image()
            picture.thumbnail((VIDEO_SIDE, VIDEO_SIDE))
            frames.append(picture)
    return frames
