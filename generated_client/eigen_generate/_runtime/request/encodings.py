"""Encode web forms, and bodies that are one text or one file."""

from typing import cast
from urllib.parse import urlencode

from ..contract import Body, Fields
from ..errors import ArgumentError
from .files import is_file
from .request import Payload, make_payload
from .scalars import encode_utf8, value_text
from .uploads import read_upload

MULTIPART = "multipart/form-data"
WEB_FORM = "application/x-www-form-urlencoded"
# The name of the argument that is the body itself, where the body is one value and not an object.
BODY_ARGUMENT = "body"


def encode_web_form(body: Body, fields: Fields) -> Payload:
    """Return a web form (WHATWG URL standard, section 5.2).

    A value that is not an object is already in the form's own syntax; a list is joined with `&`.
    """
    if body.is_scalar and set(fields) == {BODY_ARGUMENT}:
        items = _as_list(fields[BODY_ARGUMENT])
        text = "&".join(value_text(BODY_ARGUMENT, item) for item in items)
        return make_payload(body.media_type, [encode_utf8(BODY_ARGUMENT, text)])
    pairs: list[tuple[str, bytes]] = []
    for name, value in fields.items():
        items = [item for item in _as_list(value) if item is not None]
        pairs += [(name, encode_utf8(name, value_text(name, item))) for item in items]
    data = urlencode(pairs).encode()
    return Payload(body.media_type, (data,), len(data))


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
    if BODY_ARGUMENT not in body.files and not is_file(value):
        return make_payload(body.media_type, [encode_utf8(BODY_ARGUMENT, value_text(BODY_ARGUMENT, value))])
    upload = read_upload(BODY_ARGUMENT, value)
    is_wildcard = "*" in body.media_type  # such as `image/*`, which no request may name as its own type
    return make_payload(upload.media_type if is_wildcard else body.media_type, [upload])
