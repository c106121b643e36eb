"""Keeps generated requests, and which answers to them were found right, for the next run.

What is kept is found by a key over everything that it depends on: the spec, the judge's own code, the overlay
included, the versions of what draws, the phase, its seed and its size. An answer that is the same, byte for
byte, as one that was judged and found right is right: checks are pure functions. Any other is judged in full.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from eigen_contract.exchange import Headers, Request, Response
from eigen_contract.spec import Contract
from eigen_contract.survey import Sighting, Survey

TOOLS = ("schemathesis", "hypothesis", "jsonschema-rs", "multipart", "pillow", "av")
"""Packages that take part in drawing or in judging."""
VOLATILE = ("date", "x-request-id")
"""Headers that differ from answer to answer and say nothing about the contract."""
UUID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""An id that is made for an answer (RFC 9562, section 4); one is as good as another."""
SHORT = 2000
"""Bytes of the longest answer in which such ids are looked for."""
FORMAT = 1


@frozen
class Kept:
    """A generated request, the index of the operation that it is for, and the method that it tries."""

    request: Request
    operation: int
    method: str


@define
class Entry:
    """The requests of one phase, with the answers that were judged and found right."""

    path: Path | None
    requests: list[Kept] = field(factory=list[Kept])
    judged: dict[int, tuple[str, Sighting]] = field(factory=dict[int, tuple[str, Sighting]])
    is_complete: bool = False
    """Whether the requests were read, and need not be drawn."""
    remembered: int = 0
    """How many answers of this run were judged before."""
    _changed: bool = False

    def add(self, kept: Kept) -> None:
        """Keep a request that was drawn."""
        self.requests.append(kept)
        self._changed = True

    def recall(self, index: int, response: Response) -> Sighting | None:
        """Return what the answer to a request touches, if the very same answer was found right before."""
        known = self.judged.get(index)
        if known is None or known[0] != digest(response):
            return None
        self.remembered += 1
        return known[1]

    def remember(self, index: int, response: Response, sighting: Sighting) -> None:
        """Keep that an answer was found right."""
        self.judged[index] = (digest(response), sighting)
        self._changed = True

    def save(self, survey: Survey) -> None:
        """Write the entry, if there is anything new; a folder that cannot be written to is no one's fault."""
        if self.path is None or not self._changed:
            return
        bodies = b"".join(kept.request.body for kept in self.requests)
        index = {
            "format": FORMAT,
            "requests": [*listed(self.requests)],
            "judged": packed(self.judged, survey),
        }
        written = self.path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            written.write_bytes(json.dumps(index, separators=(",", ":")).encode() + b"\n" + bodies)
            written.replace(self.path)


@frozen
class Corpus:
    """A folder of entries; None keeps nothing. `fresh` reads nothing, and writes anew."""

    folder: Path | None = None
    fresh: bool = False

    def entry(self, contract: Contract, survey: Survey, *parts: object) -> Entry:
        """Open the entry of a phase; one that is damaged is drawn anew."""
        if self.folder is None:
            return Entry(None)
        path = self.folder / f"{key(contract, *parts)}.corpus"
        if not self.fresh:
            with suppress(OSError, ValueError, LookupError, TypeError):
                return read_entry(path, survey)
        return Entry(path)


def default_folder() -> Path:
    """Return the folder of this user (XDG Base Directory Specification)."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(named) if named else Path.home() / ".cache") / "eigen-contract"


def key(contract: Contract, *parts: object) -> str:
    """Hash everything that generated requests and their judgement depend on."""
    hashed = hashlib.sha256(contract.sha256.encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        hashed.update(path.read_bytes())
    versions = [(name, metadata.version(name)) for name in TOOLS]
    hashed.update(repr((FORMAT, versions, parts)).encode())
    return hashed.hexdigest()[:32]


def digest(response: Response) -> str:
    """Hash an answer without what changes from answer to answer: some headers, and ids."""
    # The order of headers with different names means nothing (RFC 9110, section 5.3).
    steady = sorted(
        (pair for pair in response.headers if pair[0] not in VOLATILE), key=lambda pair: pair[0].lower()
    )
    hashed = hashlib.blake2b(repr((response.status, steady)).encode(), digest_size=16)
    body = response.body
    hashed.update(UUID.sub(b"", body) if len(body) <= SHORT else body)
    return hashed.hexdigest()


def listed(requests: Sequence[Kept]) -> Iterator[list[Any]]:
    for kept in requests:
        request = kept.request
        yield [
            kept.operation,
            kept.method,
            request.method,
            request.target,
            request.headers,
            len(request.body),
        ]


def packed(judged: dict[int, tuple[str, Sighting]], survey: Survey) -> list[list[Any]]:
    numbers = {keyword: number for number, keyword in enumerate(survey.coverage.keywords)}
    return [[index, known, sighting.packed(numbers)] for index, (known, sighting) in judged.items()]


def read_entry(path: Path, survey: Survey) -> Entry:
    """Read an entry.

    Raises:
        OSError, ValueError, LookupError, TypeError: it is not there, or damaged.
    """
    head, _, bodies = path.read_bytes().partition(b"\n")
    index = json.loads(head)
    entry, offset = Entry(path, is_complete=True), 0
    for operation, tried, method, target, headers, size in index["requests"]:
        body = bodies[offset : offset + size]
        offset += size
        pairs: Headers = tuple((name, value) for name, value in headers)
        entry.requests.append(Kept(Request(method, target, pairs, body), operation, tried))
    if offset != len(bodies):
        raise ValueError("the bodies are not those of the requests")
    keywords = [*survey.coverage.keywords]
    for number, known, sighting in index["judged"]:
        entry.judged[number] = (known, Sighting.unpacked(sighting, keywords))
    return entry
