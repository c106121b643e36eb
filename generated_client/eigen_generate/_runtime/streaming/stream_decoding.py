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
from .big_endian_pcm import BigEndianConverter
from .file_sink import MAX_KEPT_SIZE
from .sse import EventParser, ServerSentEvent
from .wav import AudioFormat, make_wav

# Events without a payload are kept for callers to look at; only the last, as a stream may send any number.
_MAX_KEPT_EVENTS = 100
# The data of the last event of many streams. It is no JSON and has no type.
_DONE = "[DONE]"
# Numbers outside are ignored as nonsense. 768 kHz is the most that audio hardware offers, and the size fields
# of a WAV header hold both limits with room to spare.
_CHANNELS = range(1, 33)
_SAMPLE_RATES = range(1, 768001)
# Enough for any sample rate, and far below the length at which Python refuses to convert a number.
_MAX_NUMBER_DIGITS = 8
# Types of samples without a header: RFC 2586 for L16; audio/pcm is not registered, and common.
_PCM_TYPES = ("audio/pcm", "audio/l16")


class Chunk(bytes):
    """The payload of one event; `data` holds the event's other properties."""

    data: Fields


class StreamDecoder:
    """Turns what the connection brings into chunks, and knows everything about the stream but its content.

    A stream `is_raw` if its body is the audio itself. Otherwise the body is server-sent events, and
    `is_ended` becomes true with the end event.
    """

    def __init__(self, reading: StreamReading[Any], meta: Meta, title: str, secret: Secret) -> None:
        self.format: AudioFormat = AudioFormat()
        self.events: deque[Fields] = deque(maxlen=_MAX_KEPT_EVENTS)
        self.is_ended: bool = False
        self.is_raw: bool = media_types.matches(meta.media_type, reading.media_types)
        self.bytes_received: int = 0
        self.wav_file_count: int = 0
        self._reading = reading
        self._meta = meta
        self._title = title
        self._secret = secret
        self._parser = EventParser()
        self._first_bytes = b""
        self._body_before_content = bytearray()  # for the error if no content ever comes
        self._converter = BigEndianConverter() if self.is_raw and meta.media_type == "audio/l16" else None
        if self.is_raw:
            content_type = meta.headers.get("content-type", "")
            rate, channels = (media_types.parameter(content_type, name) for name in ("rate", "channels"))
            self._set_format(_parse_number(rate), _parse_number(channels))

    def decode_events(self, data: bytes) -> Iterator[bytes]:
        """Take bytes of an event stream and yield the payloads of the events that end in them.

        Raises StreamFailedError for an event that reports a failure, StreamInterruptedError for a broken one.
        """
        if not self.bytes_received:
            self._body_before_content += data[: MAX_KEPT_SIZE - len(self._body_before_content)]
        for event in self._parser.feed(data):
            if self.is_ended:
                break
            chunk = self._process_event(event)
            if chunk is not None:
                yield chunk

    def decode_raw(self, data: bytes) -> bytes:
        """Take bytes of a raw stream and return them as a chunk, which is empty for half a sample of L16."""
        content = data if self._converter is None else self._converter.convert(data)
        self._note_content(content)
        return content

    def check_end(self, *, is_delimited: bool) -> None:
        """Check at the clean end of the connection that the stream is complete.

        A body that is not delimited ends just like that when it is cut, so its end event must have come.
        Raises StreamInterruptedError, or UnexpectedResponseError for a stream without any content.
        """
        if not self.is_ended and not self.is_raw:
            self._check_last_event()
            needs_end_event = self.bytes_received and self._reading.end.types and not is_delimited
            if needs_end_event and not self.is_ended:
                self.raise_broken_off("it was closed without its end event")
        if not self.bytes_received:
            message = f"{self._title}: the stream ended without any content"
            raise_unexpected(self._meta, message, bytes(self._body_before_content))

    def _check_last_event(self) -> None:
        """Accept an end event without its blank line; any other event without it may have been cut."""
        if self._parser.has_incomplete_event:
            for event in self._parser.feed(b"\n\n"):
                event_type, _ = self._parse_event(event)
                self.is_ended = event_type in self._reading.end.types or event.data == _DONE
            if not self.is_ended:
                self.raise_broken_off("it ended in the middle of an event")

    def check_failure(self, failure: Failure) -> None:
        """Raise the error for a connection that broke, unless the end event has come before."""
        if self.is_ended:
            return
        if failure.decision == "final":
            raise too_large(failure, self._title, self._meta)
        self.raise_broken_off(failure.reason)

    def to_wav(self, content: bytes) -> bytes:
        """Return the complete content as one WAV file; raises UnexpectedResponseError if it is none."""
        media_type = self.content_type()
        if media_type is None:
            return make_wav(content, self.format)
        if self.wav_file_count > 1:
            self.raise_several_files(content)
        if media_types.sniff(self._first_bytes) != "audio/wav":
            hint = "Use `save` of the stream, which writes it as it is; this error keeps it, too"
            raise_unexpected(self._meta, f"{self._title}: the stream is {media_type}, not WAV", content, hint)
        return content

    def raise_several_files(self, content: bytes) -> NoReturn:
        """Raise UnexpectedResponseError for several WAV files in a row: players stop after the first."""
        hint = "Iterate over the stream and take them apart; this error keeps it, up to 64 MiB"
        message = f"{self._title}: the stream is {self.wav_file_count} WAV files"
        raise_unexpected(self._meta, message, content, hint)

    def content_type(self) -> str | None:
        """Return the media type of the content as far as it has come; None for raw PCM."""
        declared = self._meta.media_type
        may_be_pcm = not self.is_raw or declared in (*_PCM_TYPES, media_types.OCTET_STREAM)
        sniffed = media_types.sniff(self._first_bytes)
        if sniffed == "audio/mpeg" and declared in _PCM_TYPES:
            sniffed = None  # samples may begin like a frame of MP3, of which only 11 bits are fixed
        return sniffed or (None if may_be_pcm else declared)

    def _process_event(self, event: ServerSentEvent) -> bytes | None:
        """Return the payload of an event, None if it has none; raises StreamFailedError."""
        event_type, data = self._parse_event(event)
        reading = self._reading
        if event_type in reading.chunk.types:
            return self._decode_chunk(data)
        data = self._secret.redact_json(data)  # a server may repeat the key that it was sent
        if event_type in reading.error.types:
            self._raise_failed(data)
        if reading.format is not None and event_type in reading.format.types:
            self._set_format(first_value(data, reading.sample_rate), first_value(data, reading.channels))
        elif event_type in reading.end.types or event.data == _DONE:
            self.is_ended = True
        properties = cast("Fields", data) if isinstance(data, dict) else {"type": event_type, "data": data}
        self.events.append(properties)
        return None

    def _parse_event(self, event: ServerSentEvent) -> tuple[str, object]:
        """Return the type of an event and the JSON that it holds, or its text.

        The type may stand in the JSON or in the event's own field; the first that the contract names counts.
        """
        try:
            data = cast("object", json.loads(event.data))
        except (ValueError, RecursionError):
            data = event.data
        reading = self._reading
        types_in_json = (first_value(data, (pointer,)) for pointer in reading.event_type)
        candidates = [value for value in types_in_json if isinstance(value, str)] + [event.type]
        documented = {*reading.chunk.types, *reading.end.types, *reading.error.types}
        if reading.format is not None:
            documented.update(reading.format.types)
        return next((value for value in candidates if value in documented), candidates[0]), data

    def _decode_chunk(self, data: object) -> bytes | None:
        """Return the payload of an event that carries audio; None if it is empty."""
        for pointer in self._reading.chunk.pointers:
            text = first_value(data, (pointer,))
            if isinstance(text, str):
                break
        else:
            self.raise_broken_off("an event that should carry data carries none")
        try:
            content, _ = decode_base64(text)
        except ValueError:
            self.raise_broken_off("an event carries broken base64")
        if media_types.sniff(content[: media_types.MAGIC_LENGTH]) == "audio/wav":
            self.wav_file_count += 1
        if not content:
            return None
        self._note_content(content)
        chunk = Chunk(content)
        properties = self._secret.redact_json(copy_without(data, pointer))
        chunk.data = cast("Fields", properties) if isinstance(properties, dict) else {}
        return chunk

    def _note_content(self, content: bytes) -> None:
        """Count content, and note the first bytes, which tell its type."""
        if len(self._first_bytes) < media_types.MAGIC_LENGTH:
            self._body_before_content.clear()
            self._first_bytes += content[: media_types.MAGIC_LENGTH]
        self.bytes_received += len(content)

    def _set_format(self, sample_rate: object, channels: object) -> None:
        # Not `isinstance`: JSON's true is an int in Python.
        if type(sample_rate) is int and sample_rate in _SAMPLE_RATES:
            self.format = self.format._replace(sample_rate=sample_rate)
        if type(channels) is int and channels in _CHANNELS:
            self.format = self.format._replace(channels=channels)

    def _raise_failed(self, data: object) -> NoReturn:
        message = first_value(data, self._reading.error.pointers)
        raise StreamFailedError(
            f"{self._title}: the server stopped the stream: "
            + (message if isinstance(message, str) else message_in_json(data) or "it gave no reason"),
            bytes_received=self.bytes_received,
            data=data,
            **error_context(self._meta),
        )

    def raise_broken_off(self, reason: str) -> NoReturn:
        """Raise StreamInterruptedError for a stream that is not complete."""
        raise_interrupted(
            self._meta,
            f"{self._title}: the stream broke off after {self.bytes_received} bytes: {reason}",
            self.bytes_received,
            "What came before is complete; the request was carried out, at least in part",
        )


def _parse_number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= _MAX_NUMBER_DIGITS else None
