"""The content encodings of a response (RFC 9110, section 8.4)."""

from collections.abc import Mapping, Sequence

# The encodings that the client asks for. Python decodes them without a dependency.
SUPPORTED = frozenset({"gzip", "x-gzip", "deflate"})
# Some servers encode twice by mistake. More layers only serve to make a decompression bomb.
_MAX_LAYERS = 2


def content_encodings(headers: Mapping[str, str]) -> list[str]:
    """Return the content encodings of a response in the order in which they were applied."""
    header = headers.get("content-encoding", "")
    return [name for name in map(str.strip, header.lower().split(",")) if name not in ("", "identity")]


def is_decodable(encodings: Sequence[str]) -> bool:
    """Tell whether the client can decode these encodings."""
    return len(encodings) <= _MAX_LAYERS and SUPPORTED.issuperset(encodings)


def has_foreign_encoding(headers: Mapping[str, str]) -> bool:
    """Tell whether a response is encoded in a way that the client did not ask for and cannot decode."""
    return not is_decodable(content_encodings(headers))
