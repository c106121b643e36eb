"""Bodies that are neither JSON nor multipart. Plans name the one they need, and clients carry no other."""

from typing import cast
from urllib.parse import urlencode

from .errors import ArgumentError
from .media_types import essence
from .plan import Body, Members
from .request import Payload, payload
from .scalars import text_of, utf8

_WHOLE = "body"


def urlencoded(body: Body, values: Members) -> Payload:
    """Encode a form of the web. One that is no object is taken as written, a list with `&` between."""
    if body.whole and set(values) == {_WHOLE}:
        text = "&".join(text_of(_WHOLE, item) for item in _items(values[_WHOLE]))
        return payload(body.media_type, [utf8(_WHOLE, text)])
    pairs: list[tuple[str, bytes]] = []
    for name, value in values.items():
        pairs += [(name, utf8(name, text_of(name, item))) for item in _items(value) if item is not None]
    data = urlencode(pairs).encode()
    return Payload(body.media_type, (data,), len(data))


def _items(value: object) -> list[object]:
    return list(cast("list[object]", value)) if isinstance(value, list | tuple) else [value]


def single(body: Body, values: Members) -> Payload:
    """Encode a body that is one text or one file; raises ArgumentError for more."""
    if set(values) != {_WHOLE}:
        raise ArgumentError(f"body: a request of {body.media_type} takes the argument 'body' and no other")
    value = values[_WHOLE]
    if essence(body.media_type).startswith("text/"):
        return payload(body.media_type, [utf8(_WHOLE, text_of(_WHOLE, value))])
    from .files import read_upload

    upload = read_upload(_WHOLE, value)
    concrete = upload.media_type if "*" in body.media_type else body.media_type
    return payload(concrete, [upload])
