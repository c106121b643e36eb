"""`eigen-contract record`: make a tape, or bring one up to date."""

import argparse
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from eigen_contract.command_line.arguments import Commands, add_target_options, choice_of, day_count
from eigen_contract.command_line.output import CANNOT_JUDGE, CLEAN, log, print_outcome, unwritable
from eigen_contract.errors import CannotJudgeError
from eigen_contract.oracle import Oracle
from eigen_contract.recording.estimate import estimate
from eigen_contract.recording.recorder import Recorder
from eigen_contract.recording.selection import Choice, tasks
from eigen_contract.spec import Contract
from eigen_contract.tape import ORIGINS, Tape
from eigen_contract.tape_review.pruning import superseded
from eigen_contract.targets import open_target


def add_command(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("record", help="make a tape, or bring one up to date")
    parser.set_defaults(run_command=run_command)
    add_target_options(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the tape")
    parser.add_argument(
        "--origin",
        choices=ORIGINS,
        default=None,
        help="who answered (default: as target and answers say)",
    )
    parser.add_argument(
        "--missing", action="store_true", help="only what the contract has and the tape lacks"
    )
    parser.add_argument(
        "--refresh", nargs="+", default=[], metavar="NAME", help="these examples or exchanges, anew"
    )
    parser.add_argument(
        "--older-than", type=day_count, metavar="DAYS", help="what was recorded more than DAYS days ago, anew"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="send nothing; say what would be sent, and about what it costs"
    )
    parser.add_argument("--json", action="store_true", help="write the outcome of --dry-run as JSON")


def run_command(options: argparse.Namespace) -> int:
    """Record what the options choose; everything if they choose nothing.

    Raises:
        CannotJudgeError: the recording ended early. What was recorded until then is on the tape.
    """
    contract = Contract.load(options.spec)
    choice = Choice(
        options.missing,
        tuple(options.refresh),
        None if options.older_than is None else timedelta(days=options.older_than),
    )
    if options.dry_run:
        print_outcome(estimated(options, contract, choice))
        return CLEAN
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(options.out, error) from error
    with open_target(choice_of(options)) as target:
        recorder = Recorder(target, contract, options.out, options.origin, options.budget, log)
        refusals = "refusals" in target.capabilities
        wanted = tasks(contract, recorder.tape, choice, refusals=refusals, now=datetime.now(UTC))
        try:
            recorder.record(wanted)
        except CannotJudgeError as error:
            raise CannotJudgeError(f"{error}; {kept(recorder)}") from error
        except KeyboardInterrupt:
            raise CannotJudgeError(f"interrupted; {kept(recorder)}") from None
    for reason in recorder.unkept:
        log(f"not kept: {reason}")
    print_outcome(outcome(recorder, contract))
    return CANNOT_JUDGE if recorder.unkept else CLEAN


def estimated(options: argparse.Namespace, contract: Contract, choice: Choice) -> str:
    """Say what would be sent. It needs neither the target nor its key."""
    tape = Tape.load_or_empty(options.out)
    refusals = options.target == "reference" or options.allow_negative
    wanted = tasks(contract, tape, choice, refusals=refusals, now=datetime.now(UTC))
    found = estimate(Oracle.of(contract), tape, wanted, options.budget)
    return json.dumps(found.as_json(), indent=1) if options.json else found.as_text()


def kept(recorder: Recorder) -> str:
    """Say what a recording that ended early has kept."""
    return f"{len(recorder.recorded)} exchanges are kept in {recorder.folder}: go on with record --missing"


def outcome(recorder: Recorder, contract: Contract) -> str:
    """Say what was recorded, and what the tape holds beyond the contract."""
    tape = recorder.tape
    origins = ", ".join(tape.origins) or "none"
    text = (
        f"{len(recorder.recorded)} exchanges recorded; "
        f"the tape in {recorder.folder} holds {len(tape.entries)}, origin {origins}"
    )
    gone = [found.label for found in superseded(tape, contract)]
    if gone:
        text += f"\nno longer in the contract: {', '.join(gone)} (see eigen-contract tape prune)"
    return text
