"""Finds a request by what it means: its canonical form.

Method, path, query, auth class, and the body as sorted JSON or as parts by name, filename and hash. The
boundary of a form does not count, nor do headers.
"""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from difflib import SequenceMatcher
from typing import Any

from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Exchange, Request
from eigen_contract.tape.forms import parts_of
from eigen_contract.wire import Part

LONGEST = 120
"""Characters of a value that a message shows."""


class UnmatchedError(CannotJudgeError):
    """A request is not on the tape. The message names the nearest one and what differs."""


def canonical(request: Request) -> dict[str, Any]:
    """Return the form of a request under which it is found."""
    return {
        "method": request.method,
        "path": request.path,
        "query": sorted([name, value] for name, value in request.query),
        "auth": request.auth,
        "type": request.media_type,
        "body": canonical_body(request),
    }


def fingerprint(request: Request) -> str:
    """Return the canonical form as a text: unlike Python's values, it keeps `true` and `1` apart."""
    return json.dumps(canonical(request), sort_keys=True)


def canonical_body(request: Request) -> Any:
    parts = parts_of(request)
    if parts is not None:
        listed = [[part.name, part.filename, canonical_part(part)] for part in parts]
        return sorted(listed, key=lambda item: [str(value) for value in item])
    if request.media_type == "application/json":
        with suppress(ValueError, RecursionError):
            return json.loads(request.body, parse_float=plain_number)
    return hashlib.sha256(request.body).hexdigest()


def plain_number(text: str) -> float | int:
    """Read a number: JSON does not tell `1.0` from `1`."""
    number = float(text)
    return int(number) if number.is_integer() else number


def canonical_part(part: Part) -> str:
    """Return the hash of a part; a text that is a JSON document counts as its sorted form."""
    data = part.data
    if not part.is_file and data[:1] in (b"{", b"["):
        with suppress(ValueError, RecursionError):
            data = json.dumps(json.loads(data, parse_float=plain_number), sort_keys=True).encode()
    return hashlib.sha256(data).hexdigest()


def unmatched(request: Request, exchanges: Sequence[Exchange]) -> UnmatchedError:
    """Describe a request that is not among the exchanges, by the one that is nearest to it."""
    asked = f"{request.method} {request.path}"
    if not exchanges:
        return UnmatchedError(f"{asked} is not on the tape: the tape is empty")
    wanted, text = canonical(request), fingerprint(request)
    ratios = [SequenceMatcher(None, text, fingerprint(exchange.request)).ratio() for exchange in exchanges]
    closest = exchanges[ratios.index(max(ratios))]
    nearest = canonical(closest.request)
    shown = "; ".join(
        f"{name}: {brief(wanted[name])} against {brief(nearest[name])}"
        for name in wanted
        if wanted[name] != nearest[name]
    )
    return UnmatchedError(
        f"{asked} is not on the tape; the nearest is {closest.label}, which differs in {shown}"
    )


def brief(value: Any, most: int = LONGEST) -> str:
    """Write a value as JSON, cut short where it is too long to show."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= most else text[:most] + "…"
