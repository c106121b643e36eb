"""Encode multipart/form-data (RFC 7578), streamed, with names escaped as in the WHATWG HTML standard."""

import os
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import cast
from urllib.parse import unquote

from ..contract import Body, Fields, PartEncoding
from ..errors import ArgumentError
from .encodings import styled_pairs
from .files import is_file
from .request import Headers, Part, Payload, make_payload
from .scalars import encode_utf8, json_text, value_text
from .uploads import Upload, read_upload

# WHATWG HTML, 4.10.21.8 "Multipart form data": what would end a quoted name or its header.
# https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
_NAME_ESCAPES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
_DEFAULT_ENCODING = PartEncoding()
# In bytes. A file of up to this size that is already in memory is joined with the parts around it, so that
# they are one write. To copy a larger one would cost more than the writes.
_MAX_INLINE = 64 * 1024


def encode_multipart(body: Body, fields: Fields) -> Payload:
    """Return `fields` as a form; raises ArgumentError that names the value which cannot be sent."""
    # Random, so that no one can make a file that closes its own part and opens another.
    boundary = os.urandom(16).hex()
    opening = b"--" + boundary.encode() + b"\r\n"
    pieces: list[bytes | Upload] = []
    parts = tuple(_make_parts(body, fields))
    for name, content, media_type, headers in parts:
        if isinstance(content, bytes):
            header = _part_header(name, None, media_type, headers)
            pieces += (opening, header, content, b"\r\n")
        else:
            header = _part_header(name, content.filename, media_type, headers)
            pieces += (opening, header, _inline_small_file(content), b"\r\n")
    pieces.append(b"--" + boundary.encode() + b"--\r\n")
    return make_payload(f"multipart/form-data; boundary={boundary}", pieces, parts)


def _make_parts(body: Body, fields: Fields) -> Iterator[Part]:
    for name, value in fields.items():
        is_file_field = name in body.files
        encoding = body.encoding.get(name, _DEFAULT_ENCODING)
        if encoding.style and not is_file_field:
            # The pairs of a query, which multipart does not percent-encode (OpenAPI 3.1.1, 4.8.15.1.3).
            for pair in styled_pairs(name, value, encoding):
                part_name, _, text = pair.partition("=")
                yield Part(unquote(part_name), unquote(text).encode(), None, encoding.headers)
            continue
        for part_value in _split_into_parts(name, value, is_file_field, name in body.multiple):
            yield _make_part(name, part_value, is_file_field, encoding)


def _split_into_parts(name: str, value: object, is_file_field: bool, is_multiple: bool) -> Iterator[object]:
    """Yield the values that become parts of their own: the items of a list, unless they are objects.

    A tuple of paths is (name, content) where the field holds one file, and several files where `is_multiple`.
    """
    if value is None:
        return
    if isinstance(value, str):  # most fields are
        yield value
        return
    is_several_paths = is_multiple and _is_tuple_of_paths(value)
    is_single_file = is_file(value) and not is_several_paths
    if is_single_file or not isinstance(value, list | tuple | set | frozenset):
        yield value
        return
    if is_file_field and isinstance(value, tuple) and not is_multiple:
        yield value  # (name, path), or a tuple that is no file and is refused as such
        return
    if is_file_field:
        _check_file_list(name, cast("list[object]", value))
    items = [item for item in cast("list[object]", value) if item is not None]
    if not items:
        raise ArgumentError(f"{name}: an empty list cannot be sent in a form")
    is_named_path = isinstance(value, tuple) and isinstance(items[0], str)
    if is_file_field and is_named_path and not is_several_paths:
        yield value  # (name, path): `is_file` says no, because a str may be a text
    elif not is_file_field and any(_is_structure(item) for item in items):
        yield value  # the whole list is one part, as JSON
    else:
        yield from items


def _check_file_list(name: str, files: Collection[object]) -> None:
    """Raise ArgumentError for files without an order, and for None in the place of a file."""
    if isinstance(files, set | frozenset):
        raise ArgumentError(f"{name}: a set of files has no order", hint="Give a list")
    for index, file in enumerate(files):
        if file is None:
            raise ArgumentError(f"{name}: item {index} is None, not a file")


def _is_tuple_of_paths(value: object) -> bool:
    if not isinstance(value, tuple):
        return False
    return all(isinstance(item, str | os.PathLike) for item in cast("tuple[object, ...]", value))


def _is_structure(value: object) -> bool:
    """Tell whether a value is an object or a list, which a form holds as JSON."""
    if isinstance(value, str | int | float) or is_file(value):
        return False
    return isinstance(value, Mapping | list | tuple) or hasattr(value, "to_dict")


def _make_part(name: str, value: object, is_file_field: bool, encoding: PartEncoding) -> Part:
    if isinstance(value, str) and not is_file_field and encoding is _DEFAULT_ENCODING:
        return Part(name, encode_utf8(name, value), None, ())
    media_type = encoding.media_type if _is_fixed_type(encoding.media_type) else None
    if is_file_field or is_file(value):
        upload = read_upload(name, value)
        return Part(name, upload, media_type or upload.media_type, encoding.headers)
    if _is_structure(value) or (encoding.media_type or "").startswith("application/json"):
        text = json_text(name, value)
    else:
        text = value_text(name, value)
    return Part(name, encode_utf8(name, text), media_type, encoding.headers)


def _is_fixed_type(media_type: str | None) -> bool:
    """Tell whether a contentType names one media type: it may also be a list or a wildcard.

    OpenAPI 3.1, section 4.8.15.
    """
    return media_type is not None and "*" not in media_type and "," not in media_type


def _inline_small_file(upload: Upload) -> bytes | Upload:
    """Return the content of a small file that is in memory, and any other file as it is."""
    is_in_memory = upload.repeatable and not upload.blocking
    if not is_in_memory or upload.size is None or upload.size > _MAX_INLINE:
        return upload
    return b"".join(upload.open())


# The same few names in every call: without the cache a form takes a thirtieth longer.
@lru_cache(maxsize=256)
def _part_header(name: str, filename: str | None, media_type: str | None, headers: Headers) -> bytes:
    """Return the header block of a part with the empty line after it; `filename` is None for a text."""
    lines = [f'Content-Disposition: form-data; name="{name.translate(_NAME_ESCAPES)}"']
    if filename is not None:
        lines[0] += f'; filename="{filename.translate(_NAME_ESCAPES)}"'
    if media_type is not None:
        lines.append(f"Content-Type: {media_type}")
    lines += [f"{header}: {value}" for header, value in headers]
    return encode_utf8(name, "\r\n".join(lines) + "\r\n\r\n")
