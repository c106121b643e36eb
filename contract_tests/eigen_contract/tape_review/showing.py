"""What is on a tape, for a reader."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from attrs import frozen

from eigen_contract.oracle import Oracle
from eigen_contract.tape import Tape, TapeEntry
from eigen_contract.tape_review.notes import age_notes, lasting_notes
from eigen_contract.tape_review.unseen import never_seen


@frozen
class Overview:
    """A tape, under the contract at hand."""

    oracle: Oracle
    tape: Tape
    now: datetime

    def as_json(self) -> dict[str, Any]:
        """Return the overview as a JSON document."""
        return {
            "exchanges": [row_of(entry) for entry in self.tape.entries],
            "notes": [*self.notes()],
            "never_seen": {
                part.kind: {"total": part.total, "unseen": list(part.unseen)}
                for part in never_seen(self.oracle, self.tape)
            },
        }

    def as_text(self) -> str:
        """Write the overview for a terminal."""
        rows = [row_of(entry) for entry in self.tape.entries]
        widest = max((len(row["label"]) for row in rows), default=0)
        lines = [
            f"{row['label']:<{widest}}  {row['recorded'][:10]}  {row['origin']:<9}  {row['status']}  "
            f"{row['media_type'] or 'no body'}, {row['bytes']} bytes"
            for row in rows
        ]
        return "\n".join([*lines, *self.notes()])

    def notes(self) -> Iterator[str]:
        """Yield what a reader must know of the tape."""
        yield from lasting_notes(self.tape, self.oracle)
        yield from age_notes(self.tape, self.now)


def row_of(entry: TapeEntry) -> dict[str, Any]:
    """Return what is said of one exchange."""
    request, response, provenance = entry.exchange.request, entry.exchange.response, entry.provenance
    return {
        "label": entry.label,
        "request": f"{request.method} {request.target}",
        "auth": request.auth,
        "status": response.status,
        "media_type": response.media_type,
        "bytes": len(response.body),
        "origin": provenance.origin,
        "recorded": f"{provenance.recorded:%Y-%m-%dT%H:%M:%SZ}",
        "spec": provenance.spec_sha256,
        "tools": list(provenance.tools),
        "credits": entry.credits,
    }
