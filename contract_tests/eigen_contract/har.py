"""Writes and reads HTTP archives (HAR 1.2), which browsers and HTTP tools open, without losing a byte.

The key is in none of them: as everywhere, an auth class stands for it, in the field `_auth` of the request.
A body that is not UTF-8 text is written in base64. HAR 1.2 knows that for answers alone, so a request says it
in `_encoding`; programs that do not know the field ignore it, as names with an underscore are for (HAR 1.2,
"Custom fields").
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, Self, get_args
from urllib.parse import parse_qsl, urlsplit

from attrs import evolve, field, frozen

from eigen_contract import __version__
from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import AuthClass, Exchange, Headers, Request, Response
from eigen_contract.shapes import items, members

VERSION = "1.2"
UNKNOWN_SIZE = -1
"""The value of a size that was not measured (HAR 1.2, "request" and "response")."""
MILLISECONDS = 1000
HIDDEN_HEADERS = frozenset({"authorization"})


@frozen
class HarEntry:
    """One exchange of an archive: with which server, and when it began."""

    exchange: Exchange
    base_url: str
    """Scheme and host, without a slash at the end."""
    started: datetime


def entry_as_json(entry: HarEntry) -> dict[str, Any]:
    """Return one entry in the form of HAR."""
    request, response = entry.exchange.request, entry.exchange.response
    wait, receive = timings(response)
    return {
        "startedDateTime": entry.started.isoformat(timespec="milliseconds"),
        "time": wait + receive,
        "request": request_as_json(request, entry.base_url),
        "response": response_as_json(response),
        "cache": {},
        "timings": {"send": 0, "wait": wait, "receive": receive},
        "comment": entry.exchange.label,
    }


def timings(response: Response) -> tuple[float, float]:
    """Return the milliseconds to the first byte and from there to the last; 0 if not measured."""
    last = response.last_byte or 0.0
    first = last if response.first_byte is None else response.first_byte
    return round(first * MILLISECONDS, 3), round(max(0.0, last - first) * MILLISECONDS, 3)


def request_as_json(request: Request, base_url: str) -> dict[str, Any]:
    query = parse_qsl(urlsplit(request.target).query, keep_blank_values=True)
    written: dict[str, Any] = {
        "method": request.method,
        "url": base_url + request.target,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": named_pairs(request.headers),
        "queryString": named_pairs(query),
        "headersSize": UNKNOWN_SIZE,
        "bodySize": len(request.body),
        "_auth": request.auth,
    }
    if request.body:
        text, encoding = encoded(request.body)
        data = {"mimeType": request.header("content-type") or "", "text": text}
        written["postData"] = {**data, "_encoding": encoding} if encoding else data
    return written


def response_as_json(response: Response) -> dict[str, Any]:
    text, encoding = encoded(response.body)
    content = {"size": len(response.body), "mimeType": response.header("content-type") or "", "text": text}
    return {
        "status": response.status,
        "statusText": phrase(response.status),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": named_pairs(response.headers),
        "content": {**content, "encoding": encoding} if encoding else content,
        "redirectURL": response.header("location") or "",
        "headersSize": UNKNOWN_SIZE,
        "bodySize": len(response.body),
    }


def named_pairs(pairs: Headers | list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def encoded(body: bytes) -> tuple[str, str]:
    """Return a body as text and the name of its encoding, which is empty for UTF-8 text."""
    try:
        return body.decode(), ""
    except UnicodeDecodeError:
        return base64.b64encode(body).decode(), "base64"


def phrase(status: int) -> str:
    """Return the usual phrase for a status; empty for one that has none."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


Redact = Callable[[bytes], bytes]
"""Strikes the key out of bytes."""


class HarWriter:
    """Writes an archive entry by entry, so that no more than one exchange is in memory.

    Args:
        path: the file to write; one that is there is replaced.
        redact: strikes the key out of every body before it is encoded, and out of every entry.

    Raises:
        CannotJudgeError: the file cannot be written.
    """

    def __init__(self, path: Path, redact: Redact = bytes) -> None:
        self._path, self._redact, self._count = path, redact, 0
        head = json.dumps({"version": VERSION, "creator": {"name": "eigen-contract", "version": __version__}})
        try:
            self._file = path.open("wb")
            self._file.write(b'{"log": ' + head.removesuffix("}").encode() + b', "entries": [')
        except OSError as error:
            raise self._unwritable(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, entry: HarEntry) -> None:
        """Write one entry. Raises CannotJudgeError: the file cannot be written."""
        line = json.dumps(entry_as_json(self._redacted(entry)), ensure_ascii=False)
        data = self._redact(line.encode("utf-8", "backslashreplace"))
        try:
            self._file.write((b",\n" if self._count else b"\n") + data)
        except OSError as error:
            raise self._unwritable(error) from error
        self._count += 1

    def close(self) -> None:
        """Write the end, so that the archive is whole. Raises CannotJudgeError: it cannot be written."""
        if self._file.closed:
            return
        try:
            with self._file:
                self._file.write(b"\n]}}\n")
        except OSError as error:
            raise self._unwritable(error) from error

    def _redacted(self, entry: HarEntry) -> HarEntry:
        """Strike the key out of the bodies: once one is in base64, it no longer looks like the key."""
        request, response = entry.exchange.request, entry.exchange.response
        exchange = evolve(
            entry.exchange,
            request=evolve(request, body=self._redact(request.body)),
            response=evolve(response, body=self._redact(response.body)),
        )
        return evolve(entry, exchange=exchange)

    def _unwritable(self, error: OSError) -> CannotJudgeError:
        return CannotJudgeError(f"cannot write the archive {self._path}: {error.strerror}; name another file")


@frozen
class Node:
    """A JSON object of an archive, and where it stands in messages."""

    values: Any = field(repr=False)
    place: str

    def child(self, name: str) -> "Node":
        return Node(self._typed(name, dict), f"{self.place}, {name}")

    def text(self, name: str, default: str | None = None) -> str:
        return str(self._typed(name, str, default))

    def number(self, name: str) -> int:
        return int(self._typed(name, int))

    def pairs(self, name: str) -> Headers:
        """Return a list of objects with `name` and `value`."""
        listed = [Node(value, f"{self.place}, {name}") for value in items(self._typed(name, list))]
        return tuple((node.text("name"), node.text("value")) for node in listed)

    def _typed(self, name: str, kind: type, default: Any = None) -> Any:
        value = members(self.values).get(name, default)
        if not isinstance(value, kind):
            raise ValueError(f"{self.place} needs {name!r} of the type {kind.__name__}")
        return value


def read_har(data: bytes) -> list[HarEntry]:
    """Read an archive, by whatever program it was written.

    Keys are not kept: a request with an Authorization header counts as one with the right key.

    Raises:
        ValueError: the bytes are not an archive; the message says where.
    """
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("the archive is nested too deeply") from error
    entries = items(members(members(document).get("log")).get("entries"))
    if not isinstance(members(members(document).get("log")).get("entries"), list):
        raise ValueError("it is not an HTTP archive: it has no log.entries")
    return [*read_entries(entries)]


def read_entries(entries: list[Any]) -> Iterator[HarEntry]:
    for number, values in enumerate(entries, 1):
        node = Node(values, f"entry {number}")
        request, base_url = read_request(node.child("request"))
        response = read_response(node.child("response"), members(members(values).get("timings")))
        started = datetime.fromisoformat(node.text("startedDateTime"))
        if started.tzinfo is None:
            started = started.replace(tzinfo=UTC)
        yield HarEntry(Exchange(request, response, node.text("comment", "")), base_url, started)


def read_request(node: Node) -> tuple[Request, str]:
    """Read a request, and the scheme and host that it was sent to."""
    url = urlsplit(node.text("url"))
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    sent = node.pairs("headers")
    headers = tuple(pair for pair in sent if pair[0].lower() not in HIDDEN_HEADERS and pair[0][:1] != ":")
    body = b""
    if "postData" in members(node.values):
        data = node.child("postData")
        if "text" not in members(data.values):
            raise ValueError(f"{data.place} has no text: save the archive with the bodies of requests")
        body = decoded(data, data.text("_encoding", ""))
    has_key = any(name.lower() == "authorization" for name, _ in sent)
    auth = node.text("_auth", "good" if has_key else "missing")
    known: dict[str, AuthClass] = {name: name for name in get_args(AuthClass)}
    if auth not in known:
        raise ValueError(f"{node.place} has the unknown _auth {auth!r}")
    return Request(node.text("method"), target, headers, body, known[auth]), f"{url.scheme}://{url.netloc}"


def read_response(node: Node, times: dict[str, Any]) -> Response:
    content = node.child("content")
    body = decoded(content, content.text("encoding", "")) if "text" in members(content.values) else b""
    headers = tuple(pair for pair in node.pairs("headers") if pair[0][:1] != ":")
    wait, receive = times.get("wait"), times.get("receive")
    if not isinstance(wait, int | float) or not isinstance(receive, int | float) or wait < 0 or receive < 0:
        return Response(node.number("status"), headers, body)
    first, last = wait / MILLISECONDS, (wait + receive) / MILLISECONDS
    return Response(node.number("status"), headers, body, first or None, last or None)


def decoded(node: Node, encoding: str) -> bytes:
    """Return the bytes of a body."""
    text = node.text("text")
    if encoding == "base64":
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValueError(f"{node.place} is not base64: {error}") from error
    if encoding:
        raise ValueError(f"{node.place} has the unknown encoding {encoding!r}")
    return text.encode("utf-8", "surrogatepass")
