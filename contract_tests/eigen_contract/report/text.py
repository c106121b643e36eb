"""A judgement for a terminal."""

from collections.abc import Iterator

from eigen_contract.ledger import WEAK, Ledger
from eigen_contract.report.commands import curl, needs_file
from eigen_contract.report.result import Group, Result

LISTED = 12
"""Facts of one standing that a terminal shows; a report shows all."""


def as_text(result: Result) -> str:
    """Write a judgement for a terminal."""
    judgement = result.judgement
    lines = [f"target {judgement.target}, spec {judgement.spec_sha256[:12]}, seed {judgement.seed}"]
    lines += judgement.notes
    lines += [
        f"  {one.phase:<9} {one.exchanges:>6} exchanges {len(one.findings):>5} findings {one.seconds:>7.1f} s"
        for one in judgement.phase_results
    ]
    for group in result.groups:
        lines += ["", *group_lines(group)]
    lines += ["", *ledger_lines(result.ledger)]
    return "\n".join([*lines, "", f"{judgement.exchanges} exchanges: {result.verdict}"])


def group_lines(group: Group) -> Iterator[str]:
    """Write one group of findings."""
    speaks = "for the ledger: " if group.excused else ""
    yield f"{speaks}{group.check} at {group.pointer}: {len(group.findings)} times"
    yield f"  {group.first.message}"
    if group.facts:
        yield f"  rests on what is {group.label}: {group.facts[0].pointer}"
    if group.exchange:
        yield f"  from {group.exchange.label}"
        in_file = needs_file(group.exchange.request.body)
        yield (
            "  its body is too much for a line; --report DIR keeps it"
            if in_file
            else f"  {curl(group.exchange)}"
        )


def ledger_lines(ledger: Ledger) -> Iterator[str]:
    """Write how the statements of the spec stand: counts for each label, then what is open or denied."""
    yield f"the ledger, from answers of origin {ledger.origin}:"
    for label, counted in ledger.count().items():
        shown = ", ".join(f"{number} {standing}" for standing, number in sorted(counted.items()))
        yield f"  {label:<9} {shown or 'none'}"
    for entry in ledger.standing("contradicted", "inconsistent"):
        yield f"  {entry.standing}: {entry.fact.pointer} ({entry.fact.label})"
    open_facts = [
        entry for entry in ledger.standing("never touched") if entry.fact.label in {*WEAK, "observed"}
    ]
    for entry in open_facts[:LISTED]:
        yield f"  never touched: {entry.fact.pointer} ({entry.fact.label})"
    if len(open_facts) > LISTED:
        yield f"  … and {len(open_facts) - LISTED} more of these labels; --report DIR lists all"
