"""Reads tapes of format 1, which said origin, date and contract once for all exchanges.

`tape.json` listed the exchanges; the bodies lay beside it. Nothing writes this format any more: the next time
that such a tape is saved, it becomes one of format 2.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from eigen_contract.compose import Upload, form_body, part_of
from eigen_contract.exchange import Exchange, Request, Response
from eigen_contract.shapes import items, members
from eigen_contract.tape.damage import DamagedError
from eigen_contract.tape.entries import Provenance, TapeEntry
from eigen_contract.tape.nodes import Node

MANIFEST = "tape.json"
FORMAT = 1
RENAMED = {", state": ", status", ", film": ", video"}
"""What format 1 called the exchanges that follow a job."""


def read_format_1(folder: Path, text: str) -> tuple[TapeEntry, ...]:
    """Read a tape of format 1.

    Raises:
        DamagedError: the text is no manifest of this format, or a body is not what was recorded.
        OSError: a body is gone.
    """
    try:
        document = json.loads(text)
    except ValueError as error:
        raise DamagedError(f"{MANIFEST} is no JSON: {error}") from error
    root = Node(document, MANIFEST)
    if root.integer("format") != FORMAT:
        raise DamagedError(f"{MANIFEST} has format {document['format']!r}; only {FORMAT} is written so")
    provenance = Provenance(root.origin("origin"), midnight(root.text("recorded")), root.text("spec_sha256"))
    return tuple(TapeEntry(read_exchange(folder, node), provenance) for node in root.tables("exchanges"))


def midnight(date: str) -> datetime:
    """Return the beginning of a day in UTC: format 1 knew no time of day."""
    try:
        return datetime.fromisoformat(date).replace(tzinfo=UTC)
    except ValueError as error:
        raise DamagedError(f"{MANIFEST}: 'recorded' is {date!r}, which is no date") from error


def read_exchange(folder: Path, node: Node) -> Exchange:
    label = node.text("label")
    for old, new in RENAMED.items():
        label = label.removesuffix(old) + new if label.endswith(old) else label
    request = read_request(folder, node.table("request"))
    answer = node.table("response")
    name, sha256 = answer.text("body"), answer.text("sha256")
    body = read_beside(folder, name) if name else b""
    if hashlib.sha256(body).hexdigest() != sha256:
        raise DamagedError(f"{folder / name} is not what was recorded")
    response = Response(answer.integer("status"), tuple(answer.pairs("headers")), body)
    return Exchange(request, response, label)


def read_request(folder: Path, node: Node) -> Request:
    method, target, auth = node.text("method"), node.text("target"), node.auth("auth")
    if node.has("parts"):
        content_type, body = form_body([read_part(folder, part) for part in node.tables("parts")])
        return Request(method, target, (("content-type", content_type),), body, auth)
    body = read_beside(folder, node.text("body")) if node.has("body") else b""
    content_type = node.values.get("type")
    headers = (("content-type", str(content_type)),) if content_type else ()
    return Request(method, target, headers, body, auth)


def read_part(folder: Path, node: Node) -> bytes:
    name = node.text("name")
    if node.has("text"):
        return part_of(name, node.text("text"))
    media_type = node.values.get("type") or "application/octet-stream"
    return part_of(name, Upload(node.text("filename"), media_type, read_beside(folder, node.text("file"))))


def read_beside(folder: Path, name: str) -> bytes:
    """Read a file of a tape, which lies in its folder and nowhere else."""
    if not name or PurePosixPath(name).name != name or "\\" in name:
        raise DamagedError(f"{name!r} is no name of a file beside {MANIFEST}")
    return (folder / name).read_bytes()


def named_files(text: str) -> set[str]:
    """Return the names of the files that a tape of format 1 is made of, its manifest included."""
    try:
        names = {MANIFEST, *names_in(json.loads(text))}
    except ValueError:
        return {MANIFEST}
    return {name for name in names if name and PurePosixPath(name).name == name and "\\" not in name}


def names_in(value: Any) -> Iterator[str]:
    """Yield every file that a node of the manifest names."""
    node = members(value)
    yield from (node[key] for key in ("body", "file") if isinstance(node.get(key), str))
    for inner in (*node.values(), *items(value)):
        yield from names_in(inner)
