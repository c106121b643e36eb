"""A stream as one file that is read while it comes, by a player or at the other end of a pipe."""

from collections.abc import Iterator

from ..errors import SDKError
from ..response.media_types import MAGIC_LENGTH, contradicting_type
from ..response.results import KEPT_HINT, raise_unexpected
from .event_streams import EventStream
from .file_sink import MAX_KEPT_SIZE
from .wav import MAX_PCM_SIZE, make_wav, wav_header

_HEADER_SIZE = 44


def iterate_as_file(stream: EventStream) -> Iterator[bytes]:
    """Yield the chunks of a stream, after the header of a WAV file if they are samples without one.

    The header states the largest size, because the real one is not known; players then read to the end.
    Raises what iterating over the stream raises, and UnexpectedResponseError for content that contradicts
    its Content-Type.
    """
    start, failure = b"", None
    chunks = iter(stream)
    try:
        while len(start) < MAGIC_LENGTH and (chunk := next(chunks, b"")):
            start += chunk
    except SDKError as error:  # what came before it is handed out first
        failure = error
    actual_type = contradicting_type(start[:MAGIC_LENGTH], stream.meta.media_type)
    if actual_type is not None:
        while len(start) < MAX_KEPT_SIZE and (chunk := next(chunks, b"")):
            start += chunk
        raise_unexpected(
            stream.meta, f"what is called {stream.meta.media_type} is {actual_type}", start, KEPT_HINT
        )
    if start and stream.media_type is None:
        yield wav_header(MAX_PCM_SIZE, stream.format)
    if start:
        yield start
    if failure is not None:
        raise failure
    yield from chunks


def complete_file(stream: EventStream, content: bytes) -> bytes:
    """Return what `iterate_as_file` yielded, with the real size in its header."""
    return make_wav(content[_HEADER_SIZE:], stream.format) if stream.media_type is None else content
