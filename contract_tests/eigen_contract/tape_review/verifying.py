"""Whether every answer on a tape still fits the contract, and whether the tape itself is in order."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from eigen_contract.checks import CheckContext, run_checks
from eigen_contract.exchange import Finding
from eigen_contract.ledger import weighed
from eigen_contract.oracle import Oracle
from eigen_contract.recording.unrecorded import Unrecorded, unrecorded
from eigen_contract.tape import Tape
from eigen_contract.tape.bodies import FOLDER
from eigen_contract.tape.manifest import write_manifest
from eigen_contract.tape_review.pruning import Superseded, superseded


@frozen
class Verification:
    """What is wrong with a tape under the contract at hand."""

    exchanges: int
    failing: tuple[Finding, ...]
    excused: tuple[Finding, ...]
    """What the vendor's answers say against what the contract merely assumes."""
    unrecorded: tuple[Unrecorded, ...]
    superseded: tuple[Superseded, ...]
    stray: tuple[str, ...]
    """Files in the folder of bodies that the manifest does not name."""

    def completed(self, check: str) -> "Verification":
        """Return the verification in which what is unrecorded fails, under the name of a check."""
        findings = tuple(Finding(check, str(found), found.pointer) for found in self.unrecorded)
        return evolve(self, failing=(*self.failing, *findings), unrecorded=())

    def as_json(self) -> dict[str, Any]:
        """Return the verification as a JSON document."""
        return {
            "exchanges": self.exchanges,
            "findings": [finding_as_json(finding) for finding in self.failing],
            "excused": [finding_as_json(finding) for finding in self.excused],
            "unrecorded": [found.label for found in self.unrecorded],
            "superseded": [{"label": found.label, "reason": found.reason} for found in self.superseded],
            "stray_files": list(self.stray),
        }

    def as_text(self) -> str:
        """Write the verification for a terminal."""
        lines = [str(finding) for finding in self.failing]
        lines += [f"for the ledger: {finding}" for finding in self.excused]
        lines += [f"unrecorded: {found.label}" for found in self.unrecorded]
        lines += [f"no longer in the contract: {found.label}: {found.reason}" for found in self.superseded]
        lines += [f"not named by the manifest: {FOLDER}/{name}" for name in self.stray]
        count = len(self.failing)
        outcome = f"{count} finding{'s' if count > 1 else ''}" if count else "every answer fits the contract"
        return "\n".join([*lines, f"{self.exchanges} exchanges: {outcome}"])


def finding_as_json(finding: Finding) -> dict[str, Any]:
    return {
        "exchange": finding.exchange.label if finding.exchange is not None else None,
        "check": finding.check,
        "message": finding.message,
        "pointer": finding.pointer,
    }


def verify(oracle: Oracle, tape: Tape, folder: Path, more: Iterable[Finding]) -> Verification:
    """Judge every exchange on a tape by the contract at hand.

    Args:
        more: findings of the tape as a whole that were asked for.
    """
    findings = [
        finding for exchange in tape.exchanges for finding in run_checks(CheckContext(oracle, exchange))
    ]
    failing, excused = weighed(oracle, "reference", [*findings, *more])
    return Verification(
        len(tape.entries),
        tuple(failing),
        tuple(excused),
        unrecorded(oracle.contract, tape),
        superseded(tape, oracle.contract),
        tuple(stray_files(tape, folder)),
    )


def stray_files(tape: Tape, folder: Path) -> Iterator[str]:
    """Yield the files that no manifest names; the next writing removes them."""
    named = write_manifest(tape.entries)[1].files
    bodies = folder / FOLDER
    if bodies.is_dir():
        yield from sorted(path.name for path in bodies.iterdir() if path.name not in named)
