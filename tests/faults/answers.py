"""What a server can do with a request: answer as it should, and fail in every way that the matrix names."""

import gzip
from typing import NamedTuple

from .server import LIMIT, Act, Connection

REQUEST_ID = "r-1"
# More than any client may take, so that an endless answer ends in a broken test and not in a full memory.
ENOUGH = 256 * 1024 * 1024


class Answer(NamedTuple):
    """A body with its media type; `cut` is where a broken answer breaks off, inside the last piece."""

    media_type: str
    body: bytes
    cut: int

    def whole(self, *headers: str) -> Act:
        """Answer as promised."""
        return answer(200, self.body, self.media_type, *headers)


def head(status: int, *headers: str) -> bytes:
    """Write the head of an answer; every one carries a request id."""
    return "\r\n".join(
        [f"HTTP/1.1 {status} Reason", f"X-Request-Id: {REQUEST_ID}", *headers, "", ""]
    ).encode()


def answer(status: int, body: bytes = b"{}", media_type: str = "application/json", *headers: str) -> Act:
    """Read the request and answer it whole."""

    def act(connection: Connection) -> bool:
        connection.read_body()
        fields = (f"Content-Type: {media_type}", f"Content-Length: {len(body)}", *headers)
        connection.send(head(status, *fields) + body)
        return True

    return act


def say(data: bytes) -> Act:
    """Send these bytes, and end."""

    def act(connection: Connection) -> bool:
        connection.send(data)
        return False

    return act


def raw(data: bytes) -> Act:
    """Read the request, answer with these bytes, and end."""
    return after_body(say(data))


def redirect(status: int, host: str) -> Act:
    """Point to another place, or to the same: `127.0.0.1` is where the client was sent to."""

    def act(connection: Connection) -> bool:
        port = connection.socket.getsockname()[1]
        location = f"Location: http://{host}:{port}{connection.path}"
        answer(status, b'{"error": "no"}', "application/json", location, "Connection: close")(connection)
        return False

    return act


def followed_by(first: Act, then: Act) -> Act:
    """Do one thing and then another."""

    def act(connection: Connection) -> bool:
        return first(connection) and then(connection)

    return act


def cut(good: Answer, *, chunked: bool, then: Act) -> Act:
    """Send a good head and the body's beginning, then do something else in the middle of it."""
    part = good.body[: good.cut]

    def act(connection: Connection) -> bool:
        connection.read_body()
        framing = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(good.body)}"
        data = b"%x\r\n%b\r\n" % (len(part), part) if chunked else part
        connection.send(head(200, f"Content-Type: {good.media_type}", framing) + data)
        return then(connection)

    return act


def end(_connection: Connection) -> bool:
    """Close as if all had been said."""
    return False


def reset(connection: Connection) -> bool:
    """Break the connection off; what was sent before is still read, on Linux at least."""
    connection.reset()
    return False


def stall(connection: Connection) -> bool:
    """Say no more, and wait until the client has had enough."""
    connection.wait_for_end()
    return False


def after_body(then: Act) -> Act:
    """Read the whole request, then do something else than answering it."""

    def act(connection: Connection) -> bool:
        connection.read_body()
        return then(connection)

    return act


def amid_body(then: Act, size: int = 1000) -> Act:
    """Read the beginning of the request's body, then do something else."""

    def act(connection: Connection) -> bool:
        connection.read_some(size)
        return then(connection)

    return act


def stop_reading(connection: Connection) -> bool:
    """Take the head and nothing else, until the client gives up sending."""
    connection.stopping.wait(LIMIT)
    return False


def answer_early(status: int) -> Act:
    """Refuse before the body has been read, and let the client finish."""

    def act(connection: Connection) -> bool:
        connection.send(head(status, "Content-Type: application/json", "Content-Length: 2") + b"{}")
        connection.finish_sending()
        return stall(connection)

    return act


def endless_head(connection: Connection) -> bool:
    """Answer with headers that do not end."""
    connection.read_body()
    connection.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(ENOUGH // 1000):
        connection.send(b"X-%d: %b\r\n" % (number, b"x" * 1000))
    return False


def endless_body(good: Answer) -> Act:
    """Begin well, and then send zeros for ever."""

    def act(connection: Connection) -> bool:
        connection.read_body()
        connection.send(head(200, f"Content-Type: {good.media_type}", "Transfer-Encoding: chunked"))
        for chunk in (good.body[: good.cut], *[bytes(64 * 1024)] * (ENOUGH // 65536)):
            connection.send(b"%x\r\n%b\r\n" % (len(chunk), chunk))
        return False

    return act


def announce(good: Answer, size: int) -> Act:
    """Announce so many bytes, and send none of them."""

    def act(connection: Connection) -> bool:
        connection.read_body()
        connection.send(head(200, f"Content-Type: {good.media_type}", f"Content-Length: {size}"))
        return stall(connection)

    return act


def bomb(good: Answer, size: int) -> Act:
    """Answer with `size` bytes that compress to a thousandth: the good body's beginning, and zeros."""
    packed = gzip.compress(good.body[: good.cut] + bytes(size))
    return answer(200, packed, good.media_type, "Content-Encoding: gzip")
