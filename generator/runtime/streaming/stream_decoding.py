"""From the bytes of a stream's body to chunks of audio. No I/O, so that both kinds of stream share it."""

import json
from collections import deque
from collections.abc import Iterator
from typing import Any, NoReturn, cast

from ..contract import Fields, StreamReading
from ..errors import StreamFailedError
from ..http.retries import Failure, too_large
from ..meta import Meta
from ..response import media_types
from ..response.json_pointer import copy_without, first_value
from ..response.media_parsing import decode_base64
from ..response.results import error_context, raise_interrupted, raise_unexpected
from ..response.status_errors import message_in_json
from ..settings.secrets import Secret
from .file_sink import KEPT
from .sse import Parser, ServerSentEvent
from .wav import AudioFormat, wav

# Events nobody knows are kept for the caller to look at, the last ones only.
_KEPT_EVENTS = 100
# What many streams say at their end, in place of an event of their own.
_DONE = "[DONE]"
_CHANNELS = range(1, 33)
_RATES = range(1, 768001)
# Types under which samples come without a header; RFC 2586 for L16.
_PCM = ("audio/pcm", "audio/l16")


class Chunk(bytes):
    """The payload of one event; `data` are the event's other members."""

    data: Fields


class StreamDecoder:
    """Takes what the connection gives; holds what is known about it, and no content."""

    def __init__(self, reading: StreamReading[Any], meta: Meta, title: str, secret: Secret) -> None:
        self.format: AudioFormat = AudioFormat()
        self.events: deque[Fields] = deque(maxlen=_KEPT_EVENTS)
        self.ended: bool = False
        self.bytes_received: int = 0
        self._head = b""
        self.files = 0
        self._reading = reading
        self._meta = meta
        self._title = title
        self._secret = secret
        self._parser = Parser()
        self._useless = bytearray()
        self.raw: bool = media_types.matches(meta.media_type, reading.media_types)
        self._big_endian = self.raw and meta.media_type == "audio/l16"
        self._half = b""
        if self.raw:
            kind = meta.headers.get("content-type", "")
            self._set_format(*(_number(media_types.parameter(kind, name)) for name in ("rate", "channels")))

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take bytes of an event stream, and give the payloads that end in them; raises StreamFailedError."""
        if not self.bytes_received:
            self._useless += data[: KEPT - len(self._useless)]
        for event in self._parser.feed(data):
            if self.ended:
                break
            content = self._take(event)
            if content is not None:
                yield content

    def finish(self, *, delimited: bool) -> None:
        """Check at the connection's clean end that the stream is whole.

        One that is not `delimited` ends like this when it is cut, too: then the end event must have come.
        """
        if not self.ended and not self.raw:
            self._finish_event()
            if self.bytes_received and self._reading.end.types and not (self.ended or delimited):
                self.interrupted("it was closed without its end event")
        if not self.bytes_received:
            message = f"{self._title}: the stream ended without any content"
            raise_unexpected(self._meta, message, bytes(self._useless))

    def _finish_event(self) -> None:
        """Take an end event that lacks its blank line; half of any other is missing."""
        if self._parser.unfinished:
            for event in self._parser.feed(b"\n\n"):
                self.ended = self._kind(event)[0] in self._reading.end.types or event.data == _DONE
            if not self.ended:
                self.interrupted("it ended in the middle of an event")

    def broken(self, failure: Failure) -> None:
        """Judge a connection that broke: after the end event nothing is lost by it."""
        if self.ended:
            return
        if failure.decision == "final":
            raise too_large(failure, self._title, self._meta)
        self.interrupted(failure.reason)

    def as_wav(self, content: bytes) -> bytes:
        """Give the whole content as one WAV file; raises UnexpectedResponseError if it is none."""
        media_type = self.media_type()
        if media_type is None:
            return wav(content, self.format)
        if self.files > 1:
            self.refuse_several(content)
        if media_types.sniff(self._head) != "audio/wav":
            hint = "Use `save` of the stream, which writes it as it is; this error keeps it, too"
            raise_unexpected(self._meta, f"{self._title}: the stream is {media_type}, not WAV", content, hint)
        return content

    def refuse_several(self, content: bytes) -> NoReturn:
        """Raise the error for what players would stop hearing where its first file ends."""
        hint = "Iterate over the stream and take them apart; this error keeps it, up to 64 MiB"
        raise_unexpected(self._meta, f"{self._title}: the stream is {self.files} WAV files", content, hint)

    def media_type(self) -> str | None:
        """Give the media type of what comes; None for bare PCM."""
        declared = self._meta.media_type
        bare = not self.raw or declared in (*_PCM, media_types.OCTET_STREAM)
        found = media_types.sniff(self._head)
        if found == "audio/mpeg" and declared in _PCM:  # samples may begin like a frame
            found = None
        return found or (None if bare else declared)

    def _take(self, event: ServerSentEvent) -> bytes | None:
        (kind, data), reading = self._kind(event), self._reading
        if kind in reading.chunk.types:
            return self._chunk(data)
        data = self._secret.redact_json(data)  # a server may repeat the key that it was sent
        if kind in reading.error.types:
            self._failed(data)
        if reading.format is not None and kind in reading.format.types:
            self._set_format(first_value(data, reading.sample_rate), first_value(data, reading.channels))
        elif kind in reading.end.types or event.data == _DONE:
            self.ended = True
        self.events.append(_as_mapping(kind, data))
        return None

    def _kind(self, event: ServerSentEvent) -> tuple[str, object]:
        """Tell what an event is, and the JSON that it holds, or its text."""
        try:
            data = cast("object", json.loads(event.data))
        except (ValueError, RecursionError):
            data = event.data
        reading = self._reading
        kinds = [
            kind for kind in (first_value(data, (at,)) for at in reading.event_type) if isinstance(kind, str)
        ]
        known = {*reading.chunk.types, *reading.end.types, *reading.error.types}
        known |= set(() if reading.format is None else reading.format.types)
        kinds.append(event.type)
        return next((kind for kind in kinds if kind in known), kinds[0]), data

    def _chunk(self, data: object) -> bytes | None:
        for pointer in self._reading.chunk.pointers:
            text = first_value(data, (pointer,))
            if isinstance(text, str):
                break
        else:
            self.interrupted("an event that should carry data carries none")
        try:
            content, _ = decode_base64(text)
        except ValueError:
            self.interrupted("an event carries broken base64")
        self.files += content[:4] == b"RIFF" and media_types.sniff(content[:16]) == "audio/wav"
        if not content:
            return None
        chunk = Chunk(self.keep(content))
        rest = self._secret.redact_json(copy_without(data, pointer))
        chunk.data = cast("Fields", rest) if isinstance(rest, dict) else {}
        return chunk

    def keep(self, content: bytes) -> bytes:
        """Take content as it is to be given, and note what it tells."""
        if self._big_endian:
            content = self._turned(content)
        if len(self._head) < media_types.MAGIC_LENGTH:
            self._useless.clear()
            self._head += content[: media_types.MAGIC_LENGTH]
        self.bytes_received += len(content)
        return content

    def _turned(self, content: bytes) -> bytes:
        """Turn the samples of audio/L16, whose first byte is the high one (RFC 2586), as all others are."""
        content = self._half + content
        whole = len(content) - len(content) % 2
        self._half = content[whole:]
        turned = bytearray(whole)
        turned[::2], turned[1::2] = content[1:whole:2], content[:whole:2]
        return bytes(turned)

    def _set_format(self, rate: object, channels: object) -> None:
        # The type itself, because true is an int as well.
        if type(rate) is int and rate in _RATES:
            self.format = self.format._replace(sample_rate=rate)
        if type(channels) is int and channels in _CHANNELS:
            self.format = self.format._replace(channels=channels)

    def _failed(self, data: object) -> NoReturn:
        message = first_value(data, self._reading.error.pointers)
        raise StreamFailedError(
            f"{self._title}: the server stopped the stream: "
            + (message if isinstance(message, str) else message_in_json(data) or "it gave no reason"),
            bytes_received=self.bytes_received,
            data=data,
            **error_context(self._meta),
        )

    def interrupted(self, reason: str) -> NoReturn:
        """Raise the error for a stream that is not whole."""
        raise_interrupted(
            self._meta,
            f"{self._title}: the stream broke off after {self.bytes_received} bytes: {reason}",
            self.bytes_received,
            "What came before is complete; the request was carried out, at least in part",
        )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 9 else None


def _as_mapping(kind: str, data: object) -> Fields:
    if isinstance(data, dict):
        return cast("Fields", data)
    return {"type": kind, "data": data}
