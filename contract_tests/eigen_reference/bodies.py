"""Take a request's body from the wire, and no more of it than the limit."""

from starlette.requests import ClientDisconnect, Request

from .problems import RequestError

MOST_BYTES = 25 * 2**20
"""Default limit of a request body. The service's own is unknown."""


async def read(request: Request, most_bytes: int) -> bytes:
    """Return the body. Raises RequestError 413 as soon as it is known to be longer than `most_bytes`.

    What is not read here, uvicorn reads and drops, so that a client that is still sending gets the answer.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and len(announced) < 20 and int(announced) > most_bytes:
        raise _too_large(most_bytes)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most_bytes:
                raise _too_large(most_bytes)
    except ClientDisconnect as error:
        raise RequestError(400, "incomplete_body", "the body ended too early") from error
    return bytes(body)


def _too_large(most_bytes: int) -> RequestError:
    return RequestError(413, "body_too_large", f"the body is longer than {most_bytes} bytes")
