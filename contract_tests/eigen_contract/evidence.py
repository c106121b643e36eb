"""Writes down how the contract is known: every statement by its evidence, and what a tape makes of it."""

from collections.abc import Iterator, Sequence

from eigen_contract.ledger import LABELS, Entry, Ledger, Standing

MEANING = {
    "page": "The vendor's reference page says so.",
    "docs": "A newer page of the vendor says so.",
    "observed": "Public programs rely on it against the live service.",
    "expected": "Public test cases expect it; no result is recorded.",
    "assumed": "Nobody says so; it is our choice, to be confirmed by a live run.",
}
HEAD = """# What is known

<!-- Made by `eigen-contract evidence` from openapi.yaml and the tape; `./dev -s generate` writes it anew. -->

Every statement of `openapi.yaml` carries `x-evidence`, which says how it is known. Below, each stands with
what the exchanges of a run make of it. Only answers of the vendor's service *confirm* or *contradict* a
statement; answers of the reference server, which was written from the same contract, are merely *consistent*
with it or not. A property of a request counts as confirmed or consistent when a request that holds it
succeeds.
"""


def as_markdown(ledger: Ledger, notes: Sequence[str]) -> str:
    """Return the page."""
    lines = [HEAD, *(f"{note[0].upper()}{note[1:]}.\n" for note in notes), *counts(ledger)]
    for label in reversed(LABELS):
        entries = [entry for entry in ledger.entries if entry.fact.label == label]
        if entries:
            lines += ["", f"## {label.capitalize()}", "", MEANING[label], ""]
            lines += ["| stands | statement | place in `openapi.yaml` |", "|---|---|---|"]
            lines += [row(entry) for entry in entries]
    return "\n".join(lines) + "\n"


def counts(ledger: Ledger) -> Iterator[str]:
    """Yield the table of how many statements of each label stand how."""
    counted = ledger.count()
    standings: list[Standing] = sorted({standing for counter in counted.values() for standing in counter})
    yield f"| evidence | {' | '.join(standings)} |"
    yield "|---" * (len(standings) + 1) + "|"
    for label in LABELS:
        yield f"| {label} | {' | '.join(str(counted[label][standing]) for standing in standings)} |"


def row(entry: Entry) -> str:
    says = entry.fact.says.replace("|", "\\|")
    return f"| {entry.standing} | {says} | `{entry.fact.pointer}` |"
