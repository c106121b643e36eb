"""Bodies that are neither JSON nor multipart: web forms, and bodies that are one text or one file."""

from typing import cast
from urllib.parse import urlencode

from ..contract import Body, Fields
from ..errors import ArgumentError
from .files import is_file, read_upload
from .request import Payload, make_payload
from .scalars import text_of, utf8

MULTIPART = "multipart/form-data"
FORM = "application/x-www-form-urlencoded"
# What calls name a body that is one value and not an object.
BODY = "body"


def encode_form(body: Body, fields: Fields) -> Payload:
    """Encode a web form (WHATWG URL standard, section 5.2).

    A form that is not an object is taken as it is written, a list with `&` between its items.
    """
    if body.is_scalar and set(fields) == {BODY}:
        text = "&".join(text_of(BODY, item) for item in _items(fields[BODY]))
        return make_payload(body.media_type, [utf8(BODY, text)])
    pairs: list[tuple[str, bytes]] = []
    for name, value in fields.items():
        pairs += [(name, utf8(name, text_of(name, item))) for item in _items(value) if item is not None]
    data = urlencode(pairs).encode()
    return Payload(body.media_type, (data,), len(data))


def _items(value: object) -> list[object]:
    return list(cast("list[object]", value)) if isinstance(value, list | tuple) else [value]


def encode_single(body: Body, fields: Fields) -> Payload:
    """Encode a body that is one text or one file; raises ArgumentError for anything else.

    A str is the path of a file only where the contract says binary. Anywhere else it is the text to send:
    text that came from elsewhere must not make the client upload the file that it names.
    """
    if set(fields) != {BODY}:
        raise ArgumentError(f"body: a request of {body.media_type} takes the argument 'body' and no other")
    value = fields[BODY]
    if BODY not in body.files and not is_file(value):
        return make_payload(body.media_type, [utf8(BODY, text_of(BODY, value))])
    upload = read_upload(BODY, value)
    media_type = upload.media_type if "*" in body.media_type else body.media_type
    return make_payload(media_type, [upload])
