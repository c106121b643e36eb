"""Keeps exchanges byte for byte, and finds them again.

A tape is a folder: `tape.json` lists the exchanges; every file that was sent or received lies beside it as
a file that opens by itself. A request is found by its canonical form: method, path, query, auth class, and
the body as sorted JSON or as parts by name, filename and hash. The boundary of a form does not count, nor
do headers. The key is never on a tape: only the class of the Authorization header is.
"""

import hashlib
import json
import re
from contextlib import suppress
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Literal

from attrs import field, frozen

from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Exchange, Request, Response
from eigen_contract.tape_files import beside, body_name, parts_of, read_request, write_request
from eigen_contract.wire import Part

INDEX = "tape.json"
FORMAT = 1
KEPT = (
    "content-type",
    "retry-after",
    "allow",
    "www-authenticate",
    "x-credits-remaining",
    "x-reference-engine",
)
"""Response headers that a tape keeps; everything else may name a machine or a person."""
Origin = Literal["page", "reference", "vendor"]
ORIGINS: tuple[Origin, ...] = ("page", "reference", "vendor")


SECRET = re.compile(rb'sk-[A-Za-z0-9_-]{16,}|(?i:bearer)\s+[A-Za-z0-9._~+/-]{8,}|"(?i:authorization)"')
"""What looks like a key: the vendor's own form, a bearer token (RFC 6750, section 2.1), its header."""


class UnmatchedError(CannotJudgeError):
    """A request is not on the tape. The message names the nearest one and what differs."""


@frozen
class Tape:
    """Exchanges with where, when and under which spec they were recorded."""

    origin: Origin
    recorded: str
    spec_sha256: str
    exchanges: tuple[Exchange, ...] = field(repr=False)

    @classmethod
    def load(cls, folder: Path) -> "Tape":
        """Read a tape.

        Raises:
            CannotJudgeError: it is missing, damaged, or holds what looks like a key.
        """
        if not folder.is_dir():
            raise CannotJudgeError(f"there is no tape in {folder}; name a folder with --tape")
        try:
            index = json.loads((folder / INDEX).read_text("utf-8"))
            if index["format"] != FORMAT or index["origin"] not in ORIGINS:
                raise CannotJudgeError(
                    f"the tape {folder} has format {index['format']!r}, origin {index['origin']!r}"
                )
            exchanges = tuple(read_exchange(folder, node) for node in index["exchanges"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            what = f"there is no {error}" if isinstance(error, KeyError) else error
            raise CannotJudgeError(f"the tape {folder} is damaged: {what}") from error
        for path in sorted(path for path in folder.iterdir() if path.is_file()):
            refuse_secrets(path.read_bytes(), str(path))
        return cls(index["origin"], index["recorded"], index["spec_sha256"], exchanges)

    def save(self, folder: Path, key: str) -> None:
        """Write the tape into a folder.

        Raises:
            CannotJudgeError: some exchange holds the key; nothing is written then.
        """
        for exchange in self.exchanges:
            if key.encode() in exchange.request.body + exchange.response.body:
                raise CannotJudgeError(
                    f"the exchange {exchange.label} holds the key; the tape is not written"
                )
        folder.mkdir(parents=True, exist_ok=True)
        nodes = [write_exchange(folder, exchange) for exchange in self.exchanges]
        index = {
            "format": FORMAT,
            "origin": self.origin,
            "recorded": self.recorded,
            "spec_sha256": self.spec_sha256,
            "exchanges": nodes,
        }
        (folder / INDEX).write_text(json.dumps(index, indent=1, ensure_ascii=False) + "\n", "utf-8")

    def answer(self, request: Request) -> Response:
        """Return the recorded response to a request.

        Raises:
            UnmatchedError: there is none.
        """
        wanted = canonical(request)
        for exchange in self.exchanges:
            if canonical(exchange.request) == wanted:
                return exchange.response
        raise UnmatchedError(self._nearest(wanted))

    def _nearest(self, wanted: dict[str, Any]) -> str:
        if not self.exchanges:
            return "the tape is empty"
        text = json.dumps(wanted, sort_keys=True)
        candidates = [(canonical(exchange.request), exchange.label) for exchange in self.exchanges]
        ratios = [
            SequenceMatcher(None, text, json.dumps(node, sort_keys=True)).ratio() for node, _ in candidates
        ]
        nearest, label = candidates[ratios.index(max(ratios))]
        differing = [name for name in wanted if wanted[name] != nearest[name]]
        shown = "; ".join(
            f"{name}: {brief(wanted[name])} against {brief(nearest[name])}" for name in differing
        )
        asked = f"{wanted['method']} {wanted['path']}"
        return f"{asked} is not on the tape; the nearest is {label}, which differs in {shown}"


def brief(value: Any, most: int = 120) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= most else text[:most] + "…"


def canonical(request: Request) -> dict[str, Any]:
    """Return the form of a request under which it is found."""
    return {
        "method": request.method,
        "path": request.path,
        "query": sorted(request.query),
        "auth": request.auth,
        "type": request.media_type,
        "body": canonical_body(request),
    }


def canonical_body(request: Request) -> Any:
    parts = parts_of(request)
    if parts is not None:
        listed = [[part.name, part.filename, canonical_part(part)] for part in parts]
        return sorted(listed, key=lambda item: [str(value) for value in item])
    if request.media_type == "application/json":
        with suppress(ValueError, RecursionError):
            return json.loads(request.body)
    return hashlib.sha256(request.body).hexdigest()


def canonical_part(part: Part) -> str:
    """Return the hash of a part; a text that is a JSON document counts as its sorted form."""
    data = part.data
    if not part.is_file and data[:1] in (b"{", b"["):
        with suppress(ValueError, RecursionError):
            data = json.dumps(json.loads(data), sort_keys=True).encode()
    return hashlib.sha256(data).hexdigest()


def read_exchange(folder: Path, node: dict[str, Any]) -> Exchange:
    response = node["response"]
    body = beside(folder, response["body"]).read_bytes() if response["body"] else b""
    if hashlib.sha256(body).hexdigest() != response["sha256"]:
        raise CannotJudgeError(f"the tape is damaged: {folder / response['body']} is not what was recorded")
    headers = tuple((name, value) for name, value in response["headers"])
    if not isinstance(response["status"], int):
        raise TypeError(f"the status {response['status']!r} is no number")
    answer = Response(response["status"], headers, body)
    return Exchange(read_request(folder, node["request"]), answer, node["label"])


def write_exchange(folder: Path, exchange: Exchange) -> dict[str, Any]:
    response = exchange.response
    name = body_name(exchange.label, response.media_type) if response.body else ""
    if name:
        (folder / name).write_bytes(response.body)
    return {
        "label": exchange.label,
        "request": write_request(folder, exchange),
        "response": {
            "status": response.status,
            "headers": [[key, value] for key, value in response.headers if key.lower() in KEPT],
            "body": name,
            "sha256": hashlib.sha256(response.body).hexdigest(),
        },
    }


def refuse_secrets(data: bytes, place: str) -> None:
    """Refuse what looks like a key.

    Raises:
        CannotJudgeError: it does.
    """
    if SECRET.search(data):
        raise CannotJudgeError(f"{place} holds what looks like a key; remove it and record again")
