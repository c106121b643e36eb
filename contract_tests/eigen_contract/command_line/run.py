"""`eigen-contract run`: judge a target, print the outcome, and write the reports that were asked for."""

import argparse
import os
from pathlib import Path

from attrs import evolve

from eigen_contract import report
from eigen_contract.command_line.arguments import (
    Commands,
    add_target_options,
    choice_of,
    day_count,
    request_count,
)
from eigen_contract.command_line.output import CLEAN, FINDINGS, log, print_outcome
from eigen_contract.corpus import Corpus, default_folder
from eigen_contract.deviations import load_deviations, unexpected
from eigen_contract.errors import BudgetSpentError, CannotJudgeError
from eigen_contract.installed_client import describe_other_contract
from eigen_contract.oracle import Oracle
from eigen_contract.runner import PHASES, Plan, run
from eigen_contract.spec import Contract
from eigen_contract.targets import open_target


def add_command(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("run", help="judge a target")
    parser.set_defaults(run_command=run_command)
    add_target_options(parser)
    parser.add_argument(
        "--report",
        type=Path,
        metavar="DIR",
        help="write report.html, report.json, report.txt, report.sarif and junit.xml",
    )
    parser.add_argument(
        "--compare",
        type=Path,
        metavar="FILE",
        help="an earlier report.json: say what is new, what is still there and what is fixed",
    )
    parser.add_argument(
        "--har", type=Path, metavar="FILE", help="write every exchange of the run as an HTTP archive"
    )
    parser.add_argument(
        "--github",
        action=argparse.BooleanOptionalAction,
        default=os.environ.get("GITHUB_ACTIONS") == "true",
        help="print annotations for a pull request (default: in GitHub Actions)",
    )
    parser.add_argument("--seed", type=int, default=1, help="same seed, same requests (default 1)")
    parser.add_argument("--cases", type=request_count, default=2000, help="requests to draw (default 2000)")
    parser.add_argument(
        "--corpus",
        type=Path,
        default=default_folder(),
        metavar="DIR",
        help="keeps generated requests for the next run (default: %(default)s)",
    )
    parser.add_argument("--fresh", action="store_true", help="generate anew, and judge every answer")
    parser.add_argument(
        "--phase", action="append", choices=[phase.name for phase in PHASES], help="only this phase"
    )
    parser.add_argument(
        "--baseline", type=Path, metavar="FILE", help="findings that are accepted, as long as they are there"
    )
    parser.add_argument(
        "--require-complete", action="store_true", help="let an example fail the run that the tape lacks"
    )
    parser.add_argument(
        "--max-age", type=day_count, metavar="DAYS", help="let exchanges fail the run that are older"
    )
    parser.add_argument(
        "--strict", action="store_true", help="let a finding fail the run even if it rests on an assumption"
    )


def run_command(options: argparse.Namespace) -> int:
    """Judge a target, print the outcome, and write the reports that were asked for.

    Raises:
        CannotJudgeError: the target cannot be judged; what was judged before that is printed nevertheless.
    """
    contract = Contract.load(options.spec)
    if (difference := describe_other_contract(contract)) is not None:
        log(difference)
    oracle = Oracle.of(contract)
    plan = Plan(
        options.seed,
        options.cases,
        frozenset(options.phase) if options.phase else None,
        require_complete=options.require_complete,
        max_age=options.max_age,
    )
    if options.report:
        report.prepare(options.report)
    earlier = report.load_earlier(options.compare) if options.compare else None
    with open_target(choice_of(options)) as target:
        known = load_deviations(options.baseline, target.name) if options.baseline else []
        with report.archive(options.har, target) as on_exchange:
            judgement = run(target, oracle, plan, log, Corpus(options.corpus, options.fresh), on_exchange)
    remembered = sum(phase_result.remembered for phase_result in judgement.phase_results)
    if remembered:
        log(f"{remembered} answers are byte for byte what an earlier run found right (--fresh: anew)")
    if not judgement.exchanges and not judgement.findings and judgement.stopped is None:
        named = ", ".join(sorted(plan.phases or ())) or "of any name"
        raise CannotJudgeError(
            f"nothing was judged: the target {target.name} has nothing for the phase {named}; "
            "leave --phase out, or look at the spec"
        )
    is_whole = plan.phases is None and judgement.stopped is None
    findings = unexpected(judgement.findings, known, is_whole=is_whole, sent=judgement.survey.requests)
    result = report.Result.of(
        oracle,
        evolve(judgement, budget=options.budget if target.name == "live" else None),
        findings,
        strict=options.strict,
        earlier=earlier,
        spec_path=(options.spec or Path("openapi.yaml")).as_posix(),
    )
    try:
        print_outcome(report.without(report.as_text(result), target.api_key))
        if options.github:
            print_outcome(report.without(report.as_annotations(result), target.api_key))
    finally:
        if options.report:
            report.write(options.report, result, target.api_key)
    if judgement.stopped and not isinstance(judgement.stopped, BudgetSpentError):
        raise judgement.stopped
    return FINDINGS if result.failing else CLEAN
