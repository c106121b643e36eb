"""Take a request's body from the wire, and no more of it than the limit."""

from starlette.requests import ClientDisconnect, Request

from .problems import RequestError

MOST_BYTES = 25 * 2**20
"""Default limit of a request body. The service's own is unknown."""
MOST_DISCARDED = 64 * 2**20
"""Of a refused body that are still read: a client that is cut off while it sends may never see the answer."""


async def read(request: Request, most_bytes: int) -> bytes:
    """Return the body. Raises RequestError 413 as soon as it is known to be longer than `most_bytes`."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and len(announced) < 20 and int(announced) > most_bytes:
        await discard(request)
        raise _too_large(most_bytes)
    body = bytearray()
    chunks = request.stream()
    try:
        async for chunk in chunks:
            body += chunk
            if len(body) > most_bytes:
                break
        else:
            return bytes(body)
    except ClientDisconnect as error:
        raise RequestError(400, "incomplete_body", "the body ended too early") from error
    await discard(request)
    raise _too_large(most_bytes)


async def discard(request: Request) -> None:
    """Read on without keeping anything, within reason.

    A client that waits for `100 Continue` is spared the sending.
    """
    if "expect" in request.headers:
        return
    seen, more = 0, True
    while more and seen < MOST_DISCARDED:
        message = await request.receive()
        seen += len(message.get("body", b""))
        more = message["type"] == "http.request" and message.get("more_body", False)


def _too_large(most_bytes: int) -> RequestError:
    return RequestError(413, "body_too_large", f"the body is longer than {most_bytes} bytes")
