"""Finds the pictures, sounds and videos in requests and answers, in a form that a browser shows and plays.

They stand in the page as data URIs, so that it fetches nothing. What is larger than `LARGEST`, or comes after
`PAGE` bytes in all, is named with its size instead.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from wave import open as open_wave

from attrs import define, field, frozen

from eigen_contract.checks.events import kind_of, read_events
from eigen_contract.decoding import sniff
from eigen_contract.exchange import Request, Response
from eigen_contract.report.markup import Markup, element
from eigen_contract.shapes import items, members
from eigen_contract.tape.forms import parts_of

LARGEST = 2 * 2**20
"""Bytes of one medium that the page holds."""
PAGE = 24 * 2**20
"""Bytes of all media that the page holds; browsers open a page of this size without delay."""
SMALL = 32 * 1024
"""Bytes of a medium that is shown again wherever it comes; of a larger one the page holds one copy."""
SHORTEST = 64
"""Characters of the shortest text in JSON that is looked at: no medium is shorter in base64."""
SHOWN = frozenset(
    {
        *("image/png", "image/jpeg", "image/webp", "image/gif"),
        *("audio/wav", "audio/mpeg", "audio/flac", "audio/aac", "audio/ogg"),
        "video/mp4",
    }
)
"""Media types that browsers show by themselves, and that cannot hold a script."""
RATE = 24000
"""Hertz of bare samples, as the contract documents them."""


@frozen
class Medium:
    """A medium, and where it stands in a message."""

    place: str
    media_type: str
    data: bytes


@define
class MediaBudget:
    """Decides which media of a page are shown."""

    left: int = PAGE
    _shown: dict[bytes, str] = field(factory=dict[bytes, str])
    """The address in the page of each medium that is large, by its digest."""

    def figure(self, medium: Medium) -> Markup:
        """Show a medium, or say why it is not shown; a large one that was shown before is linked to."""
        caption = f"{medium.place}: {medium.media_type}, {len(medium.data):,} bytes"
        if len(medium.data) > LARGEST:
            return element(
                "p", f"{caption}; not shown, because it is larger than {LARGEST:,} bytes", class_="note"
            )
        digest = hashlib.sha256(medium.data).digest()
        if digest in self._shown:
            link = element("a", "the same bytes as shown before", href=f"#{self._shown[digest]}")
            return element("p", f"{caption}: ", link, class_="note")
        if len(medium.data) > self.left:
            return element(
                "p", f"{caption}; not shown, because the page already holds {PAGE:,} bytes", class_="note"
            )
        self.left -= len(medium.data)
        if len(medium.data) <= SMALL:
            return element("figure", shown(medium, caption), element("figcaption", caption))
        self._shown[digest] = f"medium-{len(self._shown) + 1}"
        return element(
            "figure", shown(medium, caption), element("figcaption", caption), id=self._shown[digest]
        )


def shown(medium: Medium, caption: str) -> Markup:
    """Build the element that shows or plays a medium."""
    source = f"data:{medium.media_type};base64,{base64.b64encode(medium.data).decode()}"
    family = medium.media_type.partition("/")[0]
    if family == "image":
        return element("img", src=source, alt=caption, loading="lazy")
    return element(family, src=source, controls=True, preload="metadata", aria_label=caption)


def media_of_request(request: Request) -> Iterator[Medium]:
    """Yield the media among the files of a form."""
    for part in parts_of(request) or ():
        media_type = sniff(part.data) if part.is_file else None
        if media_type in SHOWN:
            yield Medium(part.name, str(media_type), part.data)


def media_of_response(response: Response) -> Iterator[Medium]:
    """Yield the media of an answer: its body, what stands in its JSON, or the sound of its events."""
    if response.media_type == "audio/pcm":
        yield Medium("the body, as samples of 24 kHz", "audio/wav", as_wav(response.body, RATE, 1))
    elif response.media_type == "text/event-stream":
        yield from streamed_sound(response.body)
    elif response.media_type.endswith("json"):
        try:
            document = json.loads(response.body)
        except (ValueError, RecursionError):
            return
        yield from media_in(document, "")
    elif (media_type := sniff(response.body)) in SHOWN:
        yield Medium("the body", str(media_type), response.body)


def media_in(value: Any, pointer: str) -> Iterator[Medium]:
    """Yield the media that stand in base64 in a JSON document."""
    if isinstance(value, str) and len(value) >= SHORTEST:
        try:
            data = base64.b64decode(value.rpartition(",")[2].encode("ascii"), validate=True)
        except (binascii.Error, UnicodeEncodeError):
            return
        if (media_type := sniff(data)) in SHOWN:
            yield Medium(pointer, str(media_type), data)
    for name, child in members(value).items():
        yield from media_in(child, f"{pointer}/{name}")
    for index, child in enumerate(items(value)):
        yield from media_in(child, f"{pointer}/{index}")


def streamed_sound(body: bytes) -> Iterator[Medium]:
    """Yield the chunks of an event stream as one sound; chunks that are malformed are left out."""
    samples, rate, channels = bytearray(), RATE, 1
    for event in read_events(body).events:
        try:
            payload = json.loads(event.data)
            if kind_of(payload) == "audio_chunk":
                samples += base64.b64decode(str(payload["data"]), validate=True)
            elif kind_of(payload) == "metadata":
                rate = int(payload["data"].get("sample_rate", RATE))
                channels = int(payload["data"].get("channels", 1))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            continue
    if samples and 0 < rate < 2**20 and 0 < channels < 16:
        yield Medium("the chunks of the stream", "audio/wav", as_wav(bytes(samples), rate, channels))


def as_wav(samples: bytes, rate: int, channels: int) -> bytes:
    """Put a header before bare 16-bit samples, without which no browser plays them."""
    buffer = BytesIO()
    with open_wave(buffer, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples)
    return buffer.getvalue()
