"""Writes a tape as an HTTP archive, which browsers and HTTP tools open."""

import json
from typing import Any

from attrs import evolve

from eigen_contract import __version__
from eigen_contract.har import VERSION, HarEntry, entry_as_json
from eigen_contract.tape import Tape, TapeEntry
from eigen_contract.tape.entries import KEPT_HEADERS

TAPE_FIELD = "_tape"
"""The field of an entry that says where it comes from; HAR leaves names with an underscore to programs."""
NOWHERE = "https://tape.invalid"
"""Host of the requests: a tape does not say where it was recorded."""


def tape_as_har(tape: Tape, base_url: str = NOWHERE) -> str:
    """Return a tape as the text of an archive.

    Args:
        base_url: scheme and host that stand before the targets of the requests.
    """
    log = {
        "version": VERSION,
        "creator": {"name": "eigen-contract", "version": __version__},
        "entries": [archived(entry, base_url.rstrip("/")) for entry in tape.entries],
    }
    return json.dumps({"log": log}, indent=1, ensure_ascii=False) + "\n"


def archived(entry: TapeEntry, base_url: str) -> dict[str, Any]:
    """Return one exchange in the form of HAR, with where it comes from."""
    provenance, exchange = entry.provenance, entry.exchange
    kept = tuple(pair for pair in exchange.response.headers if pair[0].lower() in KEPT_HEADERS)
    exchange = evolve(exchange, response=evolve(exchange.response, headers=kept))
    written = entry_as_json(HarEntry(exchange, base_url, provenance.recorded))
    written[TAPE_FIELD] = {
        "origin": provenance.origin,
        "spec": provenance.spec_sha256,
        "tools": list(provenance.tools),
        "credits": entry.credits,
    }
    return written
