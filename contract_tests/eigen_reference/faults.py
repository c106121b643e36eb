"""The faults that can be planted (`--fault KIND`), to prove that a suite would notice them."""

import base64
import json
import re
from collections.abc import Callable

from attrs import evolve

from .faulty import OUR_KEY, Exchange, Fault

Spoil = Callable[[Exchange], Exchange]
TINY_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
"""One black pixel, as base64."""
WRONG_LABELS = {
    "image/png": b"audio/wav",
    "image/jpeg": b"image/png",
    "image/webp": b"image/png",
    "audio/wav": b"image/png",
    "video/mp4": b"audio/mpeg",
}


def half(content: bytes) -> bytes:
    """Keep the first half."""
    return content[: len(content) // 2]


def none(content: bytes) -> bytes:
    """Keep nothing."""
    return content[:0]


def flip_a_bit(content: bytes) -> bytes:
    """Change one bit in the middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def hide(*names: bytes) -> Spoil:
    """Hide members of a request by changing a letter, which keeps every length in JSON and in a form."""

    def rename(request: Exchange) -> Exchange:
        body = request.body
        for name in names:
            body = body.replace(b'"%s"' % name, b'"%s_"' % name[:-1])
        return evolve(request, body=body)

    return rename


def in_base64(change: Callable[[str], str]) -> Spoil:
    """Change the base64 text of every picture in a JSON answer."""

    def spoil(response: Exchange) -> Exchange:
        if not response.is_json_success:
            return response
        members = json.loads(response.body).items()
        return response.with_json(
            {name: change(value) if name.endswith("base64") else value for name, value in members}
        )

    return spoil


def in_pictures(change: Callable[[bytes], bytes]) -> Spoil:
    """Change the bytes of pictures, raw or in JSON."""
    in_json = in_base64(lambda text: base64.b64encode(change(base64.b64decode(text))).decode())
    raw = in_bodies("image/", change)
    return lambda response: raw(in_json(response))


def in_bodies(kind: str, change: Callable[[bytes], bytes]) -> Spoil:
    """Change the bytes of raw successes whose media type starts with `kind`."""

    def spoil(response: Exchange) -> Exchange:
        wanted = response.status == 200 and response.media_type.startswith(kind)
        return evolve(response, body=change(response.body)) if wanted else response

    return spoil


def in_events(change: Callable[[list[bytes]], list[bytes]]) -> Spoil:
    """Change the list of events of a stream."""

    def in_stream(body: bytes) -> bytes:
        events = [event for event in body.split(b"\n\n") if event]
        return b"".join(event + b"\n\n" for event in change(events))

    return in_bodies("text/event-stream", in_stream)


def relabel(response: Exchange) -> Exchange:
    """Give pictures, audio and videos another Content-Type."""
    label = WRONG_LABELS.get(response.media_type)
    return response.with_header(b"content-type", label) if label else response


def change_status(response: Exchange) -> Exchange:
    """Make every success a 202."""
    return evolve(response, status=202) if response.status == 200 else response


def drop_first_member(response: Exchange) -> Exchange:
    """Leave out the first member of JSON successes."""
    if not response.is_json_success:
        return response
    return response.with_json(dict(list(json.loads(response.body).items())[1:]))


def accept(response: Exchange) -> Exchange:
    """Answer a bad request with a picture."""
    return response.with_json({"turbo_image_base64": TINY_PNG}, 200) if response.status == 400 else response


def refuse(response: Exchange) -> Exchange:
    """Answer a good request with a 400."""
    return response.with_json({"error": {"message": "no"}}, 400) if response.status == 200 else response


def misshape_errors(response: Exchange) -> Exchange:
    """Leave out of errors what the contract asks for."""
    return response.with_json({"wrong": True}) if response.status >= 400 else response


def charge(response: Exchange, refused: int) -> Exchange:
    """Take a credit for every request that was refused."""
    headers = [
        (name, str(int(value) - refused).encode() if name == b"x-credits-remaining" else value)
        for name, value in response.headers
    ]
    return evolve(response, headers=headers)


def disturb(response: Exchange, refused: int) -> Exchange:
    """Draw another picture after every odd number of refused requests."""
    return in_base64(lambda _: TINY_PNG)(response) if refused % 2 else response


def show_innards(response: Exchange) -> Exchange:
    """Put a stack trace into errors."""
    trace = 'Traceback (most recent call last):\n  File "/srv/app.py", line 1, in answer'
    return response.with_json({"error": {"message": trace}}) if response.status >= 400 else response


def drop_headers(*names: bytes) -> Spoil:
    """Leave out response headers."""
    return lambda response: evolve(
        response, headers=[header for header in response.headers if header[0].lower() not in names]
    )


def fail_on_thirteen(request: Exchange) -> Exchange | None:
    """Answer the seed 13 with a 500."""
    if re.search(rb'"seed"\W+13\b', request.body) is None:
        return None
    return Exchange([], b"").with_json({"error": {"message": "oops"}}, 500)


FAULTS: dict[str, Fault] = {
    "wrong-status": Fault("every success is a 202", response=change_status),
    "missing-field": Fault("JSON successes lack their first member", response=drop_first_member),
    "wrong-error-shape": Fault("errors lack what the contract asks for", response=misshape_errors),
    "wrong-media-type": Fault("pictures, audio and videos are labelled as something else", response=relabel),
    "truncated-png": Fault("pictures end halfway", response=in_pictures(half)),
    "empty-image": Fault("pictures have no bytes", response=in_pictures(none)),
    "corrupt-png": Fault("one bit in the middle of pictures is wrong", response=in_pictures(flip_a_bit)),
    "truncated-wav": Fault("audio ends halfway, against its header", response=in_bodies("audio/", half)),
    "truncated-mp4": Fault("videos end halfway", response=in_bodies("video/", half)),
    "bad-base64": Fault(
        "base64 holds a character of no alphabet", response=in_base64(lambda text: f"!{text[1:]}")
    ),
    "unpadded-base64": Fault("base64 lacks its last character", response=in_base64(lambda text: text[:-1])),
    "wrapped-base64": Fault(
        "base64 holds a line break", response=in_base64(lambda text: f"{text[:76]}\n{text[76:]}")
    ),
    "ignored-seed": Fault("the seed changes nothing", request=hide(b"seed")),
    "ignored-size": Fault(
        "size, width and height change nothing", request=hide(b"size", b"width", b"height")
    ),
    "ignored-binary-response": Fault("binary_response changes nothing", request=hide(b"binary_response")),
    "ignored-response-format": Fault("response_format changes nothing", request=hide(b"response_format")),
    "no-auth": Fault(
        "any key is taken, and none", request=lambda request: request.with_header(b"authorization", OUR_KEY)
    ),
    "accepts-bad-body": Fault("a bad request is answered with a picture", response=accept),
    "rejects-good-body": Fault("a good request is answered with a 400", response=refuse),
    "magic-500": Fault("the seed 13 gives a 500", reply=fail_on_thirteen),
    "sse-no-end": Fault(
        "streams stop before their last event", response=in_events(lambda events: events[:-1])
    ),
    "sse-no-data": Fault(
        "streams lack `data:`, so that no event arrives",
        response=in_events(lambda events: [event.removeprefix(b"data: ") for event in events]),
    ),
    "sse-no-audio": Fault(
        "streams carry no audio",
        response=in_events(lambda events: [event for event in events if b'"audio_chunk"' not in event]),
    ),
    "key-by-its-beginning": Fault(
        "a key is taken that the right one begins with",
        takes=lambda sent, key: len(sent) > len(b"Bearer ") and key.startswith(sent),
    ),
    "key-and-more": Fault(
        "a key is taken that begins with the right one", takes=lambda sent, key: sent.startswith(key)
    ),
    "key-in-any-case": Fault(
        "a key is taken in any case", takes=lambda sent, key: sent.lower() == key.lower()
    ),
    "charged-refusals": Fault("a refused request costs a credit", after=charge),
    "disturbing-refusals": Fault("a refused request changes the pictures of others", after=disturb),
    "stack-traces": Fault("errors show where in the code they arose", response=show_innards),
    "sse-at-once": Fault("streams come only when they are whole", at_once=True),
    "no-challenge": Fault(
        "a 401 lacks WWW-Authenticate and a 405 lacks Allow",
        response=drop_headers(b"www-authenticate", b"allow"),
    ),
}
"""By the name that `--fault` takes."""
