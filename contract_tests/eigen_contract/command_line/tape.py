"""`eigen-contract tape`: look at tapes, compare them, and keep them in order."""

import argparse
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from eigen_contract.command_line.arguments import Commands, day_count
from eigen_contract.command_line.output import CANNOT_JUDGE, CLEAN, FINDINGS, log, print_outcome, unwritable
from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Finding
from eigen_contract.oracle import Oracle
from eigen_contract.spec import Contract
from eigen_contract.tape import ORIGINS, Tape
from eigen_contract.tape.storage import exclusive
from eigen_contract.tape_archives.exporting import NOWHERE, tape_as_har
from eigen_contract.tape_archives.importing import Import
from eigen_contract.tape_review.comparing import compare
from eigen_contract.tape_review.notes import COMPLETE, age_findings
from eigen_contract.tape_review.pruning import superseded
from eigen_contract.tape_review.showing import Overview
from eigen_contract.tape_review.verifying import verify
from eigen_contract.targets.which import find_recordings


class Outcome(Protocol):
    """What a command found out."""

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON document."""
        ...

    def as_text(self) -> str:
        """Write it for a terminal."""
        ...


def add_command(commands: Commands) -> None:
    """Add the command, with its own commands, to the command line."""
    parser = commands.add_parser("tape", help="show, verify, compare, prune and convert tapes")
    parts = parser.add_subparsers(dest="tape_command", required=True)
    shown = parts.add_parser("show", help="what is on a tape")
    verified = parts.add_parser("verify", help="whether every answer still fits the contract")
    pruned = parts.add_parser("prune", help="remove what the contract no longer has")
    exported = parts.add_parser("export-har", help="write a tape as an HTTP archive")
    for part in (shown, verified, pruned, exported):
        part.add_argument(
            "folder", nargs="?", type=Path, metavar="DIR", help="its folder (default: the package's)"
        )
    compared = parts.add_parser("diff", help="what was answered differently since, by meaning")
    compared.add_argument("old", type=Path, metavar="OLD", help="the folder of a tape")
    compared.add_argument("new", type=Path, metavar="NEW", help="the folder of a newer tape")
    verified.add_argument("--require-complete", action="store_true", help="let an unrecorded example fail")
    verified.add_argument("--max-age", type=day_count, metavar="DAYS", help="let older exchanges fail")
    pruned.add_argument("--dry-run", action="store_true", help="remove nothing; say what would be removed")
    imported = parts.add_parser("import-har", help="add what a browser or a proxy has saved to a tape")
    imported.add_argument("archive", type=Path, metavar="FILE", help="an HTTP archive (HAR)")
    imported.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the tape")
    imported.add_argument("--origin", choices=ORIGINS, help="who answered (default: what the archive says)")
    imported.add_argument(
        "--url", default="", metavar="URL", help="only requests below it; its path is not part of theirs"
    )
    exported.add_argument("--out", type=Path, required=True, metavar="FILE", help="the archive to write")
    exported.add_argument("--url", default=NOWHERE, help="where requests go (default: %(default)s)")
    exported.set_defaults(run_command=export_har)
    runners = (
        (imported, import_har),
        (shown, show),
        (verified, run_verify),
        (pruned, prune),
        (compared, diff),
    )
    for part, run_command in runners:
        part.add_argument(
            "--spec", type=Path, metavar="FILE", help="the contract (default: the packaged one)"
        )
        part.add_argument("--json", action="store_true", help="write JSON")
        part.set_defaults(run_command=run_command)


def print_result(options: argparse.Namespace, outcome: Outcome) -> None:
    """Print what a command found out, in the form that the options name."""
    print_outcome(json.dumps(outcome.as_json(), indent=1) if options.json else outcome.as_text())


def show(options: argparse.Namespace) -> int:
    """Show what is on a tape."""
    tape = Tape.load(options.folder or find_recordings())
    print_result(options, Overview(Oracle.of(Contract.load(options.spec)), tape, datetime.now(UTC)))
    return CLEAN


def run_verify(options: argparse.Namespace) -> int:
    """Judge a tape by the contract at hand."""
    folder = options.folder or find_recordings()
    tape, oracle = Tape.load(folder), Oracle.of(Contract.load(options.spec))
    more: list[Finding] = []
    if options.max_age is not None:
        more += age_findings(tape, options.max_age, datetime.now(UTC))
    found = verify(oracle, tape, folder, more)
    if options.require_complete:
        found = found.completed(COMPLETE)
    print_result(options, found)
    return FINDINGS if found.failing else CLEAN


def diff(options: argparse.Namespace) -> int:
    """Compare two tapes by what their answers mean."""
    oracle = Oracle.of(Contract.load(options.spec))
    found = compare(oracle, Tape.load(options.old), Tape.load(options.new))
    print_result(options, found)
    return CLEAN if found.is_same else FINDINGS


def prune(options: argparse.Namespace) -> int:
    """Remove from a tape what the contract no longer has, and files that nothing names."""
    folder = options.folder or find_recordings()
    contract = Contract.load(options.spec)
    with exclusive(folder):
        tape = Tape.load(folder)
        gone = superseded(tape, contract)
        if not options.dry_run:
            tape.without(found.label for found in gone).save(folder, "")
    verb = "would remove" if options.dry_run else "removed"
    if options.json:
        removed = [{"label": found.label, "reason": found.reason} for found in gone]
        print_outcome(json.dumps({"removed": removed, "dry_run": options.dry_run}, indent=1))
    else:
        lines = [f"{verb} {found.label}: {found.reason}" for found in gone]
        print_outcome("\n".join([*lines, f"{verb} {len(gone)} of {len(tape.entries)} exchanges"]))
    return CLEAN


def import_har(options: argparse.Namespace) -> int:
    """Add the exchanges of an archive to a tape, without their keys.

    Raises:
        CannotJudgeError: the file is no archive, or has nothing for a tape.
    """
    try:
        data = options.archive.read_bytes()
    except OSError as error:
        raise CannotJudgeError(f"cannot read {options.archive}: {error.strerror}") from error
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(options.out, error) from error
    reading = Import(Oracle.of(Contract.load(options.spec)), options.origin, options.url)
    with exclusive(options.out):
        tape = reading.read(data, Tape.load_or_empty(options.out))
        tape.save(options.out, os.environ.get("EIGENAI_API_KEY", ""))
    for reason in reading.left_out:
        log(f"left out: {reason}")
    if options.json:
        print_outcome(json.dumps({"taken": reading.taken, "left_out": reading.left_out}, indent=1))
    else:
        taken = [f"took {label}" for label in reading.taken]
        print_outcome("\n".join([*taken, f"{len(taken)} taken, {len(reading.left_out)} left out"]))
    return CLEAN if reading.taken else CANNOT_JUDGE


def export_har(options: argparse.Namespace) -> int:
    """Write a tape as an HTTP archive."""
    tape = Tape.load(options.folder or find_recordings())
    try:
        options.out.write_text(tape_as_har(tape, options.url), "utf-8")
    except OSError as error:
        raise unwritable(options.out, error) from error
    print_outcome(f"{len(tape.entries)} exchanges in {options.out}")
    return CLEAN
