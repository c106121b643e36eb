"""Encode web forms, and bodies that are one text or one file."""

import re
from typing import cast
from urllib.parse import urlencode

from ..contract import Body, Fields, Parameter, PartEncoding
from ..errors import ArgumentError
from ..response import media_types
from .files import is_file
from .parameters import query_pairs
from .request import Payload, make_payload
from .scalars import encode_utf8, json_text, value_text
from .uploads import read_upload

MULTIPART = "multipart/form-data"
WEB_FORM = "application/x-www-form-urlencoded"
# The name of the argument that is the body itself, where the body is one value and not an object.
BODY_ARGUMENT = "body"
# The characters of a boundary are those of RFC 2046, section 5.1.1.
_BOUNDARY_LINE = re.compile(rb"--([0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-])\r?\n")


def encode_web_form(body: Body, fields: Fields) -> Payload:
    """Return a web form (WHATWG URL standard, section 5.2).

    A value that is not an object is already in the form's own syntax; a list is joined with `&`.
    """
    if body.is_scalar and set(fields) == {BODY_ARGUMENT}:
        items = _as_list(fields[BODY_ARGUMENT])
        text = "&".join(value_text(BODY_ARGUMENT, item) for item in items)
        return make_payload(body.media_type, [encode_utf8(BODY_ARGUMENT, text)])
    pairs: list[str] = []
    for name, value in fields.items():
        encoding = body.encoding.get(name)
        if encoding is not None and encoding.style:
            pairs += styled_pairs(name, value, encoding)
            continue
        is_json = encoding is not None and media_types.is_json(encoding.media_type or "")
        items = [item for item in _as_list(value) if item is not None]
        texts = [json_text(name, item) if is_json else value_text(name, item) for item in items]
        pairs += [urlencode([(name, encode_utf8(name, text))]) for text in texts]
    data = "&".join(pairs).encode()
    return Payload(body.media_type, (data,), len(data))


def styled_pairs(name: str, value: object, encoding: PartEncoding) -> list[str]:
    """Return a field of a form as percent-encoded `name=value` pairs in the style of its encoding."""
    if value is None:
        return []
    style = (encoding.style, encoding.explode)
    parameter = Parameter(
        name, "query", *style, allow_reserved=encoding.allow_reserved, list_form=encoding.list_form
    )
    return query_pairs(parameter, value)


def _as_list(value: object) -> list[object]:
    return list(cast("list[object]", value)) if isinstance(value, list | tuple) else [value]


def encode_single_value(body: Body, fields: Fields) -> Payload:
    """Return a body that is one text or one file; raises ArgumentError for any argument besides `body`.

    A str is the path of a file only where the contract says binary. Elsewhere it is the text to send: text
    that comes from someone else must not make the client upload the file that it names.
    """
    if set(fields) != {BODY_ARGUMENT}:
        raise ArgumentError(f"body: a request of {body.media_type} takes the argument 'body' and no other")
    value = fields[BODY_ARGUMENT]
    media_type = _with_boundary(body.media_type, value)
    if BODY_ARGUMENT not in body.files and not is_file(value):
        return make_payload(media_type, [encode_utf8(BODY_ARGUMENT, value_text(BODY_ARGUMENT, value))])
    upload = read_upload(BODY_ARGUMENT, value)
    is_wildcard = "*" in media_type  # such as `image/*`, which no request may name as its own type
    return make_payload(upload.media_type if is_wildcard else media_type, [upload])


def _with_boundary(media_type: str, value: object) -> str:
    """Return the media type of a multipart body that is already written, with the boundary that it uses.

    No server can read it without (RFC 2046, section 5.1.1). The first line of the body is the boundary.
    """
    if not media_type.lower().startswith("multipart/") or "boundary=" in media_type.lower():
        return media_type
    content = value.encode() if isinstance(value, str) else value
    match = _BOUNDARY_LINE.match(content) if isinstance(content, bytes) else None
    return f'{media_type}; boundary="{match[1].decode()}"' if match else media_type
