"""Short names for large values: equal values have equal fingerprints, and nobody keeps the values."""

import hashlib
from collections.abc import Iterator
from typing import cast

import attrs


def fingerprint(*parts: object) -> bytes:
    """Hash values of attrs, tuples, texts, bytes and numbers to 32 bytes.

    Each value is preceded by its type and its length, so that no two different lists look alike. A number
    that is whole is the same number in any type, as it is in JSON.
    """
    state = hashlib.sha256()
    for piece in _pieces(parts):
        state.update(piece)
    return state.digest()


def _pieces(value: object) -> Iterator[bytes]:
    kind: type[object] = value.__class__
    if isinstance(value, tuple):
        items = cast(tuple[object, ...], value)
        yield b"(%d" % len(items)
        for item in items:
            yield from _pieces(item)
    elif attrs.has(kind):
        fields = attrs.fields(kind)
        yield from _pieces((kind.__qualname__, *(getattr(value, field.name) for field in fields)))
    else:
        letter, content = _encoded(value)
        yield letter + b"%d:" % len(content)
        yield content


def _encoded(value: object) -> tuple[bytes, bytes]:
    if isinstance(value, bytes):
        return b"b", value
    if isinstance(value, str):
        return b"s", value.encode("utf-8", "surrogatepass")
    if isinstance(value, float) and value.is_integer():
        return b"v", repr(int(value)).encode()
    if isinstance(value, bool | int | float) or value is None:
        return b"v", repr(value).encode()
    raise TypeError(f"no fingerprint of a {type(value).__name__}")
