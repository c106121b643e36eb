"""The command line: `eigen-contract run | record | evidence | baseline | serve`.

Exit 0: clean, 1: findings, 2: could not judge.
"""

import argparse
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from eigen_contract import __version__, report
from eigen_contract.accepting import baseline_of
from eigen_contract.corpus import Corpus, default_folder
from eigen_contract.deviations import load_deviations, unexpected
from eigen_contract.errors import BudgetSpentError, CannotJudgeError
from eigen_contract.evidence import as_markdown
from eigen_contract.ledger import Ledger
from eigen_contract.oracle import Oracle
from eigen_contract.record import record
from eigen_contract.runner import PHASES, Plan, run
from eigen_contract.spec import Contract
from eigen_contract.tape import ORIGINS
from eigen_contract.targets import Choice, open_target
from eigen_contract.targets.reference import NEEDED, PACKAGE

CLEAN, FINDINGS, CANNOT_JUDGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    try:
        options, rest = parser().parse_known_args(arguments)
        if options.command == "serve":
            serve(rest)
        if rest:
            raise CannotJudgeError(
                f"unknown argument {rest[0]!r}; see eigen-contract {options.command} --help"
            )
        return COMMANDS[options.command](options)
    except CannotJudgeError as error:
        tell(" ".join(str(error).split()))
    except KeyboardInterrupt:
        tell("interrupted; what was judged until then is lost")
    return CANNOT_JUDGE


class OneLineParser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line, and not how all else is used."""

    def error(self, message: str) -> NoReturn:
        """Refuse an argument. Raises CannotJudgeError."""
        raise CannotJudgeError(f"{message}; see {self.prog} --help")


def parser() -> argparse.ArgumentParser:
    """Make the parser of the command line."""
    root = OneLineParser(prog="eigen-contract", description="Judge a server against openapi.yaml.")
    root.add_argument("--version", action="version", version=__version__)
    commands = root.add_subparsers(dest="command", required=True)
    running = commands.add_parser("run", help="judge a target")
    add_target(running)
    running.add_argument(
        "--report", type=Path, metavar="DIR", help="write report.html, report.json, report.txt and junit.xml"
    )
    running.add_argument("--seed", type=int, default=1, help="same seed, same requests (default 1)")
    running.add_argument("--cases", type=count, default=2000, help="requests to draw (default 2000)")
    running.add_argument(
        "--corpus",
        type=Path,
        default=default_folder(),
        metavar="DIR",
        help="keeps generated requests for the next run (default: %(default)s)",
    )
    running.add_argument("--fresh", action="store_true", help="generate anew, and judge every answer")
    running.add_argument(
        "--phase", action="append", choices=[phase.name for phase in PHASES], help="only this phase"
    )
    running.add_argument(
        "--baseline", type=Path, metavar="FILE", help="findings that are accepted, as long as they are there"
    )
    running.add_argument(
        "--strict", action="store_true", help="let a finding fail the run even if it rests on an assumption"
    )
    recording = commands.add_parser("record", help="make a tape")
    add_target(recording)
    recording.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the tape")
    recording.add_argument(
        "--origin", choices=ORIGINS, default=None, help="who answered (default: by the target)"
    )
    evidence = commands.add_parser("evidence", help="write down how the contract is known, by a tape")
    add_target(evidence)
    evidence.set_defaults(target="recorded")
    evidence.add_argument("--out", type=Path, required=True, metavar="FILE", help="the page, in Markdown")
    accepting = commands.add_parser("baseline", help="accept the findings of a report, as long as they last")
    accepting.add_argument("report", type=Path, metavar="DIR", help="the folder of a report")
    accepting.add_argument("--out", type=Path, required=True, metavar="FILE", help="the baseline to write")
    accepting.add_argument("--reason", default="not looked at yet", help="why (default: %(default)s)")
    commands.add_parser(
        "serve", help="start the reference server; arguments are handed on to it", add_help=False
    )
    return root


def count(text: str) -> int:
    """Read a number of requests."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of requests")
    return int(text)


def tell(what: str) -> None:
    """Say how it goes; on stderr, for the outcome goes to stdout."""
    print(f"eigen-contract: {what}", file=sys.stderr)


def show(text: str) -> None:
    """Print the outcome. Raises CannotJudgeError: nobody takes it."""
    try:
        print(text, flush=True)
    except OSError as error:
        # At its end Python would write once more what is left, and fail once more, in many lines.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise CannotJudgeError(
            f"cannot write to the standard output: {error.strerror}; see where it goes, or give --report DIR"
        ) from error


def unwritable(path: Path, error: OSError) -> CannotJudgeError:
    return CannotJudgeError(f"cannot write {path}: {error.strerror}; name another --out")


def add_target(command: argparse.ArgumentParser) -> None:
    """Add the options that name a target."""
    command.add_argument("--target", default="reference", help="reference, recorded or live:URL")
    command.add_argument(
        "--budget", type=int, metavar="N", help="the most requests that a live target may be sent"
    )
    command.add_argument(
        "--allow-negative", action="store_true", help="send a live target what it must refuse"
    )
    command.add_argument("--tape", type=Path, metavar="DIR", help="the tape of the target recorded")
    command.add_argument(
        "--timeout", type=float, default=300.0, metavar="S", help="seconds to wait for a live answer"
    )
    command.add_argument("--spec", type=Path, metavar="FILE", help="the contract (default: the packaged one)")


def choice(options: argparse.Namespace) -> Choice:
    return Choice(
        target=options.target,
        budget=options.budget,
        key=os.environ.get("EIGENAI_API_KEY"),
        allow_negative=options.allow_negative,
        tape=options.tape,
        timeout=options.timeout,
        spec=options.spec,
    )


def judge(options: argparse.Namespace) -> int:
    """Judge a target, print what came of it, and write the reports that were asked for.

    Raises:
        CannotJudgeError: there was no judging it; what was judged before that is printed nevertheless.
    """
    oracle = Oracle.of(Contract.load(options.spec))
    plan = Plan(options.seed, options.cases, frozenset(options.phase) if options.phase else None)
    if options.report:
        report.prepare(options.report)
    with open_target(choice(options)) as target:
        known = load_deviations(options.baseline, target.name) if options.baseline else []
        judgement = run(target, oracle, plan, tell, Corpus(options.corpus, options.fresh))
    remembered = sum(phase_result.remembered for phase_result in judgement.phase_results)
    if remembered:
        tell(f"{remembered} answers are byte for byte what an earlier run found right (--fresh: anew)")
    if not judgement.exchanges and not judgement.findings and judgement.stopped is None:
        named = ", ".join(sorted(plan.phases or ())) or "of any name"
        raise CannotJudgeError(
            f"nothing was judged: the target {target.name} has nothing for the phase {named}; "
            "leave --phase out, or look at the spec"
        )
    is_whole = plan.phases is None and judgement.stopped is None
    findings = unexpected(judgement.findings, known, is_whole=is_whole)
    result = report.Result.of(oracle, judgement, findings, strict=options.strict)
    try:
        show(report.without(report.as_text(result), target.api_key))
    finally:
        if options.report:
            report.write(options.report, result, target.api_key)
    if judgement.stopped and not isinstance(judgement.stopped, BudgetSpentError):
        raise judgement.stopped
    return FINDINGS if result.failing else CLEAN


def tape(options: argparse.Namespace) -> int:
    """Record a tape."""
    contract = Contract.load(options.spec)
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(options.out, error) from error
    with open_target(choice(options)) as target:
        made = record(target, contract, options.out, options.origin)
    show(f"{len(made.exchanges)} exchanges, origin {made.origin}, in {options.out}")
    return CLEAN


def write_evidence(options: argparse.Namespace) -> int:
    """Write the page that says how the contract is known, and what a target makes of it."""
    oracle = Oracle.of(Contract.load(options.spec))
    try:
        options.out.open("a").close()
    except OSError as error:
        raise unwritable(options.out, error) from error
    with open_target(choice(options)) as target:
        judgement = run(target, oracle, Plan())
    ledger = Ledger.of(oracle, judgement.origin, judgement.survey.touched, judgement.findings)
    options.out.write_text(as_markdown(ledger, judgement.notes), "utf-8")
    return CLEAN


def accept(options: argparse.Namespace) -> int:
    """Write a baseline that accepts what a report found."""
    text, count = baseline_of(options.report, options.reason)
    try:
        options.out.write_text(text, "utf-8")
    except OSError as error:
        raise unwritable(options.out, error) from error
    show(f"{count} findings accepted in {options.out}")
    return CLEAN


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "run": judge,
    "record": tape,
    "evidence": write_evidence,
    "baseline": accept,
}


def serve(arguments: Sequence[str]) -> NoReturn:
    """Become the reference server, so that what ends this process ends the server.

    Raises:
        CannotJudgeError: it is not installed.
    """
    if importlib.util.find_spec(PACKAGE) is None:
        raise CannotJudgeError(NEEDED)
    os.execv(sys.executable, [sys.executable, "-m", PACKAGE, *arguments])
