"""Lays the bodies of a tape out as files that open by themselves."""

import hashlib
import re
from pathlib import Path, PurePosixPath
from typing import Any

from eigen_contract.compose import FORM, Upload, form_request
from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Exchange, Request
from eigen_contract.spec import Operation
from eigen_contract.wire import Part, WireError, parse_form

SUFFIXES = {
    "application/json": ".json",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "audio/wav": ".wav",
    "audio/mpeg": ".mp3",
    "audio/flac": ".flac",
    "audio/aac": ".aac",
    "audio/ogg": ".ogg",
    "video/mp4": ".mp4",
    "text/plain": ".txt",
    "text/event-stream": ".sse",
}


def beside(folder: Path, name: str) -> Path:
    """Return the path of a file of a tape, which lies in its folder and nowhere else.

    Raises:
        CannotJudgeError: the name leads elsewhere, and its file would be sent, or shown in a report.
    """
    if PurePosixPath(name).name != name or "\\" in name:
        raise CannotJudgeError(f"the tape {folder} is damaged: {name!r} is no name of a file beside it")
    return folder / name


def body_name(label: str, media_type: str) -> str:
    """Name the file of a response by its label and its media type."""
    return re.sub(r"[^A-Za-z0-9.-]+", "-", label) + SUFFIXES.get(media_type, ".bin")


def parts_of(request: Request) -> list[Part] | None:
    """Return the parts of a form; None if the body is none, or does not parse."""
    if request.media_type != FORM:
        return None
    try:
        return parse_form(request)
    except WireError:
        return None


def write_request(folder: Path, exchange: Exchange) -> dict[str, Any]:
    """Write the files of a request, and return its entry in the index."""
    request = exchange.request
    node: dict[str, Any] = {"method": request.method, "target": request.target, "auth": request.auth}
    parts = parts_of(request)
    if parts is not None:
        return {**node, "parts": [write_part(folder, part) for part in parts]}
    if not request.body:
        return {**node, "type": request.header("content-type")}
    name = "sent-" + body_name(exchange.label, request.media_type)
    (folder / name).write_bytes(request.body)
    return {**node, "type": request.header("content-type"), "body": name}


def write_part(folder: Path, part: Part) -> dict[str, Any]:
    """Write a part: a text into the index, a file beside it under its hash."""
    if not part.is_file:
        return {"name": part.name, "text": part.data.decode()}
    digest = hashlib.sha256(part.data).hexdigest()[:12]
    name = f"sent-{digest}{PurePosixPath(part.filename or '').suffix}"
    (folder / name).write_bytes(part.data)
    return {"name": part.name, "filename": part.filename, "type": part.media_type, "file": name}


def read_request(folder: Path, node: dict[str, Any]) -> Request:
    """Compose the request of an entry of the index."""
    if "parts" in node:
        carrier = Operation("", node["method"], node["target"], "", {}, {}, {}, ())
        fields = [(part["name"], read_part(folder, part)) for part in node["parts"]]
        return form_request(carrier, fields, node["auth"])
    body = beside(folder, node["body"]).read_bytes() if "body" in node else b""
    headers = (("content-type", node["type"]),) if node.get("type") else ()
    return Request(node["method"], node["target"], headers, body, node["auth"])


def read_part(folder: Path, part: dict[str, Any]) -> Any:
    if "text" in part:
        return part["text"]
    return Upload(
        part["filename"],
        part["type"] or "application/octet-stream",
        beside(folder, part["file"]).read_bytes(),
    )
