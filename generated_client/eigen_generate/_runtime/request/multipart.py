"""multipart/form-data (RFC 7578), streamed, with names quoted as the WHATWG HTML standard says."""

import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import cast

from ..contract import Body, Fields, PartEncoding
from ..errors import ArgumentError
from .files import Upload, is_file, read_upload
from .request import Headers, Part, Payload, make_payload
from .scalars import json_text, text_of, utf8

_QUOTE = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
_PLAIN = PartEncoding()
_PATHS = (str, os.PathLike)


def encode_multipart(body: Body, fields: Fields) -> Payload:
    """Encode `fields` as a form; raises ArgumentError that names the value which cannot be sent."""
    # Random, so that no file can be made that closes its own part and opens another.
    boundary = os.urandom(16).hex()
    opening = b"--" + boundary.encode() + b"\r\n"
    pieces: list[bytes | Upload] = []
    parts = tuple(_parts(body, fields))
    for name, content, media_type, headers in parts:
        if isinstance(content, bytes):
            pieces += (opening, _head(name, None, media_type, headers), content, b"\r\n")
        else:
            pieces += (opening, _head(name, content.filename, media_type, headers), _inline(content), b"\r\n")
    pieces.append(b"--" + boundary.encode() + b"--\r\n")
    return make_payload(f"multipart/form-data; boundary={boundary}", pieces, parts)


def _parts(body: Body, fields: Fields) -> Iterator[Part]:
    for name, value in fields.items():
        file, encoding = name in body.files, body.encoding.get(name, _PLAIN)
        if isinstance(value, str) and not file and encoding is _PLAIN:  # as most are
            yield Part(name, utf8(name, value), None, ())
            continue
        for single in _each(name, value, file, name in body.multiple):
            yield _part(name, single, file, encoding)


def _each(name: str, value: object, file: bool, is_multiple: bool) -> Iterator[object]:
    """Give what becomes a part of its own: a list's items, unless they are objects.

    A tuple of paths is (name, content) where one file belongs, and two files where `is_multiple`.
    """
    if value is None:
        return
    paths = (
        is_multiple
        and isinstance(value, tuple)
        and all(isinstance(item, _PATHS) for item in cast("tuple[object, ...]", value))
    )
    if not isinstance(value, list | tuple | set | frozenset) or (
        is_file(cast("object", value)) and not paths
    ):
        yield value
        return
    items = [item for item in cast("list[object]", value) if item is not None]
    if not items:
        raise ArgumentError(f"{name}: an empty list cannot be sent in a form")
    if file and not paths and isinstance(value, tuple) and isinstance(items[0], str):
        yield cast("object", value)  # (name, path): in a file's field a str is a path
    elif not file and any(_is_structure(item) for item in items):
        yield cast("object", value)
    else:
        yield from items


def _is_structure(value: object) -> bool:
    if isinstance(value, str | int | float) or is_file(value):
        return False
    return isinstance(value, Mapping | list | tuple) or hasattr(value, "to_dict")


def _part(name: str, value: object, file: bool, encoding: PartEncoding) -> Part:
    media_type = encoding.media_type if _is_one(encoding.media_type) else None
    if file or is_file(value):
        upload = read_upload(name, value)
        return Part(name, upload, media_type or upload.media_type, encoding.headers)
    if _is_structure(value) or (encoding.media_type or "").startswith("application/json"):
        text = json_text(name, value)
    else:
        text = text_of(name, value)
    return Part(name, utf8(name, text), media_type, encoding.headers)


def _is_one(media_type: str | None) -> bool:
    """Tell a fixed type from a choice: OpenAPI lets `encoding` name several, or a wildcard."""
    return media_type is not None and "*" not in media_type and "," not in media_type


def _inline(upload: Upload) -> bytes | Upload:
    """Take what is small and at hand into the run of bytes: fewer writes."""
    if upload.blocking or not upload.repeatable or upload.size is None or upload.size > 65536:
        return upload
    return b"".join(upload.open())


@lru_cache(maxsize=256)
def _head(name: str, filename: str | None, media_type: str | None, headers: Headers) -> bytes:
    head = f'Content-Disposition: form-data; name="{name.translate(_QUOTE)}"'
    if filename is not None:
        head += f'; filename="{filename.translate(_QUOTE)}"'
    if media_type is not None:
        head += f"\r\nContent-Type: {media_type}"
    for header, value in headers:
        head += f"\r\n{header}: {value}"
    return utf8(name, head + "\r\n\r\n")
