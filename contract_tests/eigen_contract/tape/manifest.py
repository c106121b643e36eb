"""Reads and writes the manifest of format 2: one table for each exchange, in TOML.

A change of one exchange touches the lines of its own table alone: nothing is said about all exchanges
together, and the order of the tables is the order of the tape.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import tomlkit
from tomlkit.items import Array, String, Table

from eigen_contract.compose import form_body
from eigen_contract.exchange import Exchange, Request, Response
from eigen_contract.shapes import items
from eigen_contract.tape.bodies import BodyWriter, read_body
from eigen_contract.tape.damage import DamagedError
from eigen_contract.tape.entries import KEPT_HEADERS, Provenance, TapeEntry
from eigen_contract.tape.forms import FormPart, form_parts
from eigen_contract.tape.nodes import Node
from eigen_contract.wire import Part, boundary_of

MANIFEST = "tape.toml"
FORMAT = 2
LONGEST_TEXT = 1000
"""Bytes of a text that stands in the manifest itself, where a reviewer sees what changed in it."""
HEAD = (
    "Recorded exchanges: who answered, when, and under which contract.",
    "`eigen-contract tape show` lists them. Bodies that are no short text lie in `bodies/`.",
)


def write_manifest(entries: Sequence[TapeEntry]) -> tuple[str, BodyWriter]:
    """Return the text of a manifest, and the files that it names."""
    document, bodies = tomlkit.document(), BodyWriter()
    for line in HEAD:
        document.add(tomlkit.comment(line))
    document.add("format", tomlkit.item(FORMAT))
    tables = tomlkit.aot()
    for entry in entries:
        tables.insert(len(tables), entry_table(entry, bodies))
    if entries:
        document.add("exchange", tables)
    return tomlkit.dumps(document), bodies


def entry_table(entry: TapeEntry, bodies: BodyWriter) -> Table:
    provenance = entry.provenance
    table = tomlkit.table()
    table.add("label", entry.label)
    table.add("origin", provenance.origin)
    table.add("recorded", tomlkit.datetime(f"{provenance.recorded:%Y-%m-%dT%H:%M:%SZ}"))
    table.add("spec", provenance.spec_sha256)
    table.add("tools", list(provenance.tools))
    if entry.credits is not None:
        table.add("credits", entry.credits)
    table.add("request", request_table(entry.exchange, bodies))
    table.add("response", response_table(entry.exchange, bodies))
    return table


def request_table(exchange: Exchange, bodies: BodyWriter) -> Table:
    request, table = exchange.request, tomlkit.table()
    table.add("method", request.method)
    table.add("target", request.target)
    table.add("auth", request.auth)
    content_type = request.header("content-type")
    parts = form_parts(request)
    composed = form_body([part.encoded() for part in parts])[0] if parts is not None else None
    if content_type is not None and content_type != composed:
        table.add("type", content_type)
    if parts is not None:
        table.add("parts", part_tables(parts, bodies))
    elif request.body:
        add_body(table, request.body, bodies, f"sent-{exchange.label}", request.media_type)
    return table


def add_body(table: Table, data: bytes, bodies: BodyWriter, label: str, media_type: str) -> None:
    """Put a body into the table of its message: a short text as it is, anything else as a file."""
    text = text_of(data)
    if text is not None:
        table.add("text", readable(text))
    else:
        table.add("body", bodies.add(label, data, media_type))


def part_tables(parts: Sequence[FormPart], bodies: BodyWriter) -> Array:
    array = tomlkit.array().multiline(True)
    for form_part in parts:
        part, table = form_part.part, tomlkit.inline_table()
        table.add("name", part.name)
        for key, value in (("filename", part.filename), ("type", part.media_type), ("head", form_part.head)):
            if value is not None:
                table.add(key, value)
        text = None if part.is_file else text_of(part.data)
        if text is not None:
            table.add("text", readable(text))
        else:
            table.add("file", bodies.add_upload(part.data, part.filename))
        array.insert(len(array), table)
    return array


def readable(text: str) -> String:
    """Write a text without escapes where TOML has a string for it, because JSON is full of quotes."""
    is_escaped = '"' in text or "\\" in text
    return tomlkit.string(text, literal=is_escaped and "'" not in text and text.isprintable())


def text_of(data: bytes) -> str | None:
    """Return a body as the text that a manifest shows; None if it is no text, or a long one."""
    if len(data) > LONGEST_TEXT:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def response_table(exchange: Exchange, bodies: BodyWriter) -> Table:
    response, table = exchange.response, tomlkit.table()
    table.add("status", response.status)
    headers = tomlkit.array().multiline(True)
    for name, value in response.headers:
        if name.lower() in KEPT_HEADERS:
            headers.insert(len(headers), f"{name.lower()}: {value}")
    table.add("headers", headers)
    if response.body:
        add_body(table, response.body, bodies, exchange.label, response.media_type)
    return table


def read_manifest(folder: Path, text: str) -> tuple[TapeEntry, ...]:
    """Read the exchanges that a manifest lists, with their bodies.

    Raises:
        DamagedError: the text is no manifest of this format, or a body is not what was recorded.
        OSError: a body is gone.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DamagedError(f"{MANIFEST} is no TOML: {error}") from error
    if document.get("format") != FORMAT:
        raise DamagedError(
            f"{MANIFEST} has format {document.get('format')!r}, and this version reads {FORMAT}; "
            "install the newest eigen-contract"
        )
    tables = items(document.get("exchange", []))
    return tuple(
        read_entry(folder, Node(table, f"exchange {number}")) for number, table in enumerate(tables, 1)
    )


def read_entry(folder: Path, node: Node) -> TapeEntry:
    label = node.text("label")
    named = node.named(label)
    provenance = Provenance(
        named.origin("origin"), named.moment("recorded"), named.text("spec"), named.texts("tools")
    )
    request = read_request(folder, named.table("request"))
    response = read_response(folder, named.table("response"))
    return TapeEntry(Exchange(request, response, label), provenance, named.number("credits"))


def read_request(folder: Path, node: Node) -> Request:
    method, target, auth = node.text("method"), node.text("target"), node.auth("auth")
    content_type = node.optional_text("type")
    if node.has("parts"):
        parts = [read_part(folder, part).encoded() for part in node.tables("parts")]
        boundary = boundary_of(content_type) if content_type is not None else None
        composed, body = form_body(parts, boundary)
        return Request(method, target, (("content-type", content_type or composed),), body, auth)
    headers = (("content-type", content_type),) if content_type is not None else ()
    return Request(method, target, headers, body_of(folder, node), auth)


def body_of(folder: Path, node: Node) -> bytes:
    """Return the body of a request or of a response."""
    if node.has("text"):
        return node.text("text").encode()
    return read_body(folder, node.text("body")) if node.has("body") else b""


def read_part(folder: Path, node: Node) -> FormPart:
    data = node.text("text").encode() if node.has("text") else read_body(folder, node.text("file"))
    part = Part(node.text("name"), node.optional_text("filename"), node.optional_text("type"), data)
    return FormPart(part, node.optional_text("head"))


def read_response(folder: Path, node: Node) -> Response:
    headers = tuple(node.header(line) for line in node.texts("headers"))
    return Response(node.integer("status"), headers, body_of(folder, node))
