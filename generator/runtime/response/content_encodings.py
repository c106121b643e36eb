"""Which content encodings an answer has (RFC 9110, 8.4)."""

from collections.abc import Mapping, Sequence

# What the client asks for. Python undoes both without a dependency.
SUPPORTED = frozenset({"gzip", "x-gzip", "deflate"})
# Some servers encode twice by mistake; more layers only serve to make a decompression bomb.
_MOST_LAYERS = 2


def content_encodings(headers: Mapping[str, str]) -> list[str]:
    """Return the content encodings of an answer in the order in which they were applied."""
    header = headers.get("content-encoding", "")
    return [name for name in map(str.strip, header.lower().split(",")) if name not in ("", "identity")]


def is_decodable(encodings: Sequence[str]) -> bool:
    """Tell whether the client can undo these encodings."""
    return len(encodings) <= _MOST_LAYERS and SUPPORTED.issuperset(encodings)


def has_foreign_encoding(headers: Mapping[str, str]) -> bool:
    """Tell whether an answer is encoded in a way that the client did not ask for and cannot undo."""
    return not is_decodable(content_encodings(headers))
