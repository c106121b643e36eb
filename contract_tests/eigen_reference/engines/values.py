"""What the engines are asked for.

Each value is complete: equal values give equal bytes, so they are cache keys.
"""

from attrs import field, frozen

Number = int | float
DEFAULT_SIDE = 1024
"""Pixels; the contract's default width and height."""
DEFAULT_FRAMES = 33
"""Two seconds and the frame that ends them, at 16 frames a second."""


@frozen
class Drawing:
    """A picture to draw from words. Sides are pixels; `contrast` is 1 for the palette as it is."""

    prompt: str
    negative_prompt: str = ""
    width: int = DEFAULT_SIDE
    height: int = DEFAULT_SIDE
    seed: Number | None = None
    contrast: float = 1.0


@frozen
class Source:
    """A picture to start from: an upload's bytes or, if `content` is None, a reference that stands for one.

    `name` is the request's member that brought it, for messages.
    """

    name: str
    content: bytes | None = field(default=None, repr=lambda content: f"<{len(content or b'')} bytes>")
    reference: str = ""


@frozen
class Edit:
    """A change to the first source; the others are laid over its lower edge as a strip.

    `strength` runs from 0 to 1. `megapixels` shrinks a larger source first. `image_format` is `png`, `jpeg`
    or `webp`.
    """

    sources: tuple[Source, ...]
    prompt: str
    negative_prompt: str = ""
    strength: float = 0.5
    seed: Number | None = None
    megapixels: float | None = None
    image_format: str = "png"


@frozen
class Utterance:
    """Words to say.

    `language` is a code such as `en` or a name such as `German`; `speed` and `pitch` are factors around 1;
    `volume` is 1 for normal.
    """

    text: str
    language: str = "en-US"
    speed: float = 1.0
    pitch: float = 1.0
    volume: float = 1.0


@frozen
class Transcript:
    """What was heard, and for how many seconds the recording lasts."""

    text: str
    seconds: float


@frozen
class Video:
    """A video to make: `frames` frames, starting from `source` or from a picture of the prompt."""

    prompt: str
    source: Source | None = None
    frames: int = DEFAULT_FRAMES
    steps: int = 5
    seed: Number | None = None
