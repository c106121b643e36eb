"""Reads an HTTP archive of a browser or a proxy into entries of a tape."""

import base64
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from attrs import define, evolve, field, frozen

from eigen_contract import __version__
from eigen_contract.compose import FORM, Upload, form_body, part_of
from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import AuthClass, Exchange, Headers, Origin, Response
from eigen_contract.har import Node, read_request, read_response
from eigen_contract.oracle import Oracle
from eigen_contract.shapes import items, members
from eigen_contract.tape import Provenance, Tape, TapeEntry
from eigen_contract.tape.entries import KEPT_HEADERS
from eigen_contract.tape.nodes import Node as TapeNode
from eigen_contract.tape_archives.exporting import TAPE_FIELD
from eigen_contract.tape_archives.redaction import KeyRemoval, secrets_in
from eigen_contract.wire import WireError, boundary_of


class LeftOutError(Exception):
    """An entry is not for a tape. The message says why."""


@frozen
class Saved:
    """One exchange as an archive has it."""

    exchange: Exchange
    sent_headers: Headers = field(repr=False)
    base_url: str
    started: datetime
    values: Mapping[str, Any] = field(repr=False)


@define
class Import:
    """What an archive brings to a tape."""

    oracle: Oracle
    origin: Origin | None = None
    """Who answered; what the archive says itself if None."""
    url: str = ""
    """Only requests below this URL are taken; its path is not part of their targets."""
    taken: list[str] = field(factory=list[str], init=False)
    """Labels of what was taken."""
    left_out: list[str] = field(factory=list[str], init=False)
    """Why entries were not taken, each with its number."""

    def read(self, data: bytes, tape: Tape) -> Tape:
        """Return a tape with the exchanges of an archive.

        Raises:
            CannotJudgeError: the bytes are not an archive, or the origin of the answers is not given.
        """
        log = log_of(data)
        saved: list[Saved] = []
        for number, values in enumerate(items(log.get("entries")), 1):
            try:
                saved.append(read_saved(values, number))
            except (LeftOutError, ValueError) as error:
                self.left_out.append(f"entry {number}: {error}")
        removal = KeyRemoval.of(
            secret for one in saved for secret in secrets_in(one.exchange, one.sent_headers)
        )
        for one in saved:
            try:
                tape = self._added(tape, one, removal, log)
            except LeftOutError as error:
                asked = f"{one.exchange.request.method} {one.exchange.request.path}"
                self.left_out.append(removal.text(f"{asked}: {error}"))
        return tape

    def _added(self, tape: Tape, saved: Saved, removal: KeyRemoval, log: Mapping[str, Any]) -> Tape:
        exchange = removal.exchange(self._below(saved))
        contract = self.oracle.contract
        if not contract.methods_of(exchange.request.path):
            raise LeftOutError("the contract has no such path")
        own = members(saved.values.get(TAPE_FIELD))
        label = exchange.label if own else self._label(tape, exchange)
        is_known = any(
            entry.exchange.response == exchange.response for entry in tape.matching(exchange.request)
        )
        if not own and is_known:
            raise LeftOutError("it is on the tape already")
        entry = TapeEntry(
            evolve(exchange, label=label),
            self._provenance(own, saved, log),
            TapeNode(own, "_tape").number("credits"),
        )
        self.taken.append(label)
        return tape.with_entry(entry)

    def _below(self, saved: Saved) -> Exchange:
        """Return an exchange whose target is relative to the URL that was asked for."""
        if not self.url:
            return saved.exchange
        wanted, request = self.url.rstrip("/"), saved.exchange.request
        whole = saved.base_url + request.target
        if not whole.startswith((f"{wanted}/", f"{wanted}?")):
            raise LeftOutError(f"it is not below {self.url}")
        return evolve(saved.exchange, request=evolve(request, target=whole.removeprefix(wanted)))

    def _label(self, tape: Tape, exchange: Exchange) -> str:
        """Name an exchange by its operation and the kind of its request, and number it."""
        contract, request = self.oracle.contract, exchange.request
        operation = contract.operation(request.method, request.path)
        names = [variant.name for variant in self.oracle.judge(request).variants]
        words = [operation.id if operation is not None else f"{request.method} {request.path}", *names[:1]]
        base, number = f"imported {' '.join(words)}", 1
        while tape.entry(f"{base} {number}") is not None:
            number += 1
        return f"{base} {number}"

    def _provenance(self, own: Mapping[str, Any], saved: Saved, log: Mapping[str, Any]) -> Provenance:
        if own:
            node = TapeNode(own, "_tape")
            origin = self.origin or node.origin("origin")
            return Provenance(origin, saved.started, node.text("spec"), node.texts("tools"))
        if self.origin is None:
            raise CannotJudgeError("the archive does not say who answered; give --origin")
        tools = (*tools_of(log), f"eigen-contract/{__version__}")
        return Provenance(self.origin, saved.started, self.oracle.contract.sha256, tools)


def log_of(data: bytes) -> Mapping[str, Any]:
    """Return the log of an archive. Raises CannotJudgeError: the bytes are no archive."""
    try:
        log = members(members(json.loads(data.decode("utf-8-sig"))).get("log"))
    except (ValueError, RecursionError) as error:
        raise CannotJudgeError(f"the file is no HTTP archive: {error}") from error
    if not isinstance(log.get("entries"), list):
        raise CannotJudgeError("the file is no HTTP archive: it has no log.entries")
    return log


def tools_of(log: Mapping[str, Any]) -> Iterator[str]:
    """Yield what wrote an archive."""
    for name in ("browser", "creator"):
        node = members(log.get(name))
        if node.get("name"):
            yield f"{node['name']}/{node.get('version', '')}".replace(" ", "-").rstrip("/")


def read_saved(values: Any, number: int) -> Saved:
    """Read one entry.

    Raises:
        LeftOutError: it has no answer, or not all of what was sent or received.
        ValueError: it is no entry.
    """
    place = f"entry {number}"
    entry = members(values)
    sent = members(entry.get("request"))
    node = Node({**sent, "headers": items(sent.get("headers"))}, f"{place}, request")
    if members(entry.get("response")).get("status") in (0, None):
        raise LeftOutError("it was not answered")
    headers = node.pairs("headers")
    request, base_url = read_request(Node(with_body(node, headers), node.place))
    response = whole_response(Node(values, place).child("response"))
    request = evolve(
        request,
        headers=tuple(pair for pair in request.headers if pair[0].lower() == "content-type"),
        auth=auth_of(sent, headers, response.status),
    )
    started = datetime.fromisoformat(Node(values, place).text("startedDateTime"))
    if started.tzinfo is None:
        started = started.replace(tzinfo=UTC)
    exchange = Exchange(request, response, str(entry.get("comment", "")))
    return Saved(exchange, headers, base_url, started, entry)


def auth_of(sent: Mapping[str, Any], headers: Headers, status: int) -> AuthClass:
    """Say how a request was authorised. Browsers leave keys out of archives: no key means nothing."""
    if "_auth" in sent:
        return TapeNode(sent, "request").auth("_auth")
    if status != 401:
        return "good"
    return "wrong" if any(name.lower() == "authorization" for name, _ in headers) else "missing"


def with_body(node: Node, headers: Headers) -> dict[str, Any]:
    """Return a request whose body stands in one way, whatever program saved it.

    Raises:
        LeftOutError: the archive does not have all of it.
    """
    values = dict(members(node.values))
    data = dict(members(values.get("postData")))
    if not data:
        return {name: value for name, value in values.items() if name != "postData"}
    content_type = next((value for name, value in headers if name.lower() == "content-type"), None)
    if content_type is None and data.get("mimeType"):
        values["headers"] = [*values["headers"], {"name": "content-type", "value": data["mimeType"]}]
    encoding = data.get("_encoding") or data.get("encoding")
    if encoding:
        return {**values, "postData": {**data, "_encoding": encoding}}
    size = stated_size(headers, values)
    if isinstance(data.get("text"), str) and data["text"]:
        body = bytes_of(data["text"], size)
    elif items(data.get("params")):
        body = form_of_params(items(data["params"]), content_type or str(data.get("mimeType", "")))
    elif size:
        raise LeftOutError("the archive does not have the body of the request; save it with bodies")
    else:
        body = b""
    written = base64.b64encode(body).decode("ascii")
    return {**values, "postData": {**data, "text": written, "_encoding": "base64"}}


def stated_size(headers: Headers, values: Mapping[str, Any]) -> int | None:
    """Return how many bytes the body of a request has; None if the archive does not say."""
    length = next((value for name, value in headers if name.lower() == "content-length"), "")
    if length.isdecimal():
        return int(length)
    size = values.get("bodySize")
    return size if isinstance(size, int) and size > 0 else None


def bytes_of(text: str, size: int | None) -> bytes:
    """Return the bytes of a body that was saved as text.

    Some programs save bytes that are no text as one character each, others put U+FFFD for them and lose them.

    Raises:
        LeftOutError: the text does not hold as many bytes as were sent or received.
    """
    whole = text.encode("utf-8", "surrogatepass")
    if size is None or len(whole) == size:
        if "\N{REPLACEMENT CHARACTER}" in text:
            raise LeftOutError("bytes of a body were lost when the archive was saved")
        return whole
    if len(text) == size and all(letter <= "\xff" for letter in text):
        return text.encode("latin-1")
    raise LeftOutError(f"the archive has {len(whole)} bytes of a body of {size}")


def form_of_params(params: list[Any], content_type: str) -> bytes:
    """Put a form together from the list of its fields.

    Raises:
        LeftOutError: the archive does not have the content of a file, or the body was no form of parts.
    """
    if content_type.partition(";")[0].strip().lower() != FORM:
        raise LeftOutError(f"the archive has only the fields of a body of the type {content_type}")
    parts: list[bytes] = []
    for param in map(members, params):
        name, value = str(param.get("name", "")), param.get("value")
        if not isinstance(value, str):
            raise LeftOutError(f"the archive does not have the content of the file in {name}")
        if param.get("fileName"):
            media_type = str(param.get("contentType") or "application/octet-stream")
            parts.append(part_of(name, Upload(str(param["fileName"]), media_type, bytes_of(value, None))))
        else:
            parts.append(part_of(name, value))
    try:
        return form_body(parts, boundary_of(content_type))[1]
    except WireError as error:
        raise LeftOutError(str(error)) from error


def whole_response(node: Node) -> Response:
    """Read an answer with the headers that a tape keeps.

    Raises:
        LeftOutError: the archive does not have all of its body.
    """
    values = {**members(node.values), "headers": items(members(node.values).get("headers"))}
    content = members(values.get("content"))
    size = content.get("size")
    if not content.get("encoding") and isinstance(content.get("text"), str):
        body = bytes_of(content["text"], size if isinstance(size, int) and size >= 0 else None)
        written = base64.b64encode(body).decode("ascii")
        values["content"] = {**content, "text": written, "encoding": "base64"}
    elif isinstance(size, int) and size > 0 and "text" not in content:
        raise LeftOutError(f"the archive does not have the {size} bytes of the answer; save it with bodies")
    else:
        values["content"] = content
    response = read_response(Node(values, node.place), {})
    kept = tuple((name.lower(), value) for name, value in response.headers if name.lower() in KEPT_HEADERS)
    if not any(name == "content-type" for name, _ in kept) and content.get("mimeType") and response.body:
        kept = (*kept, ("content-type", str(content["mimeType"])))
    return evolve(response, headers=kept)
