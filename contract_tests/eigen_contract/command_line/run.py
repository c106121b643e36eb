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
from eigen_contract.errors import CannotJudgeError
from eigen_contract.installed_client import describe_other_contract
from eigen_contract.models import Models
from eigen_contract.oracle import Oracle
from eigen_contract.planning import PHASES, Planner, plan_lines, summary_lines
from eigen_contract.runner import Judgement, Plan, run
from eigen_contract.spec import Contract
from eigen_contract.targets import Target, open_target
from eigen_contract.targets.live import DAY


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
    parser.add_argument("--phase", action="append", choices=PHASES, help="only this phase")
    parser.add_argument(
        "--only", action="append", metavar="NAME", help="only this example or scenario; --dry-run lists them"
    )
    parser.add_argument(
        "--models", type=Path, metavar="FILE", help="the models to ask for, by job: TOML, or JSON"
    )
    parser.add_argument(
        "--model", action="append", default=[], metavar="JOB=ID", help="the model to ask for in one job"
    )
    parser.add_argument(
        "--job-timeout", type=seconds, default=60.0, metavar="S", help="seconds to wait for a video"
    )
    parser.add_argument("--dry-run", action="store_true", help="print what would be sent, and send nothing")
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
        "--origin",
        choices=("vendor", "deployment"),
        help="whose server a live target is: only the vendor's own can confirm or contradict the contract",
    )
    weighing = parser.add_mutually_exclusive_group()
    weighing.add_argument(
        "--strict",
        action="store_true",
        help="let every finding fail the run (the default, except for the vendor's own server)",
    )
    weighing.add_argument(
        "--weigh-evidence",
        action="store_true",
        help="let a finding that rests on an assumption of the contract not fail the run",
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
    plan = plan_of(options)
    if options.dry_run:
        return print_plan(options, oracle, plan)
    if options.report:
        report.prepare(options.report)
    earlier = report.load_earlier(options.compare) if options.compare else None
    with open_target(choice_of(options)) as target:
        known = load_deviations(options.baseline, target.name) if options.baseline else []
        for line in summary_lines(planner_of(target, oracle, plan).schedule(options.budget), options.budget):
            log(line)
        with report.archive(options.har, target) as on_exchange:
            judgement = run(target, oracle, plan, log, Corpus(options.corpus, options.fresh), on_exchange)
    remembered = sum(phase_result.remembered for phase_result in judgement.phase_results)
    if remembered:
        log(f"{remembered} answers are byte for byte what an earlier run found right (--fresh: anew)")
    if not judgement.exchanges and not judgement.findings and judgement.stopped is None:
        raise nothing_judged(target.name, plan, judgement)
    is_whole = plan.selection.is_everything and judgement.is_whole
    findings = unexpected(judgement.findings, known, is_whole=is_whole, sent=judgement.survey.requests)
    result = report.Result.of(
        oracle,
        judgement,
        findings,
        strict=strictness(options),
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
    if judgement.stopped:
        raise judgement.stopped
    return FINDINGS if result.failing else CLEAN


def plan_of(options: argparse.Namespace) -> Plan:
    """Return what the options ask for. Raises CannotJudgeError if a model or a job is wrong."""
    return Plan(
        options.seed,
        options.cases,
        frozenset(options.phase) if options.phase else None,
        frozenset(options.only) if options.only else None,
        Models.read(options.models, options.model),
        options.origin,
        options.job_timeout,
        require_complete=options.require_complete,
        max_age=options.max_age,
    )


def planner_of(target: Target, oracle: Oracle, plan: Plan) -> Planner:
    return Planner(oracle, target.capabilities, plan.cases, plan.selection)


def print_plan(options: argparse.Namespace, oracle: Oracle, plan: Plan) -> int:
    """Print what a run would send. Nothing is sent, so a live target needs no key for it."""
    choice = choice_of(options)
    with open_target(evolve(choice, key=choice.key or "none")) as target:
        schedule = planner_of(target, oracle, plan).schedule(target.requests_left)
    print_outcome("\n".join(plan_lines(schedule, options.budget)))
    return CLEAN


def strictness(options: argparse.Namespace) -> bool | None:
    """Return whether every finding fails the run, whatever it rests on; None leaves it to the origin."""
    return False if options.weigh_evidence else options.strict or None


def nothing_judged(target: str, plan: Plan, judgement: Judgement) -> CannotJudgeError:
    """Return why a run judged nothing: it must not pass for clean."""
    if judgement.not_judged:
        return CannotJudgeError(
            f"nothing was judged: {judgement.notes[-1]}; give a larger --budget, or name other steps"
        )
    selected = ", ".join(sorted(plan.names or plan.phases or ())) or "of any name"
    return CannotJudgeError(
        f"nothing was judged: the target {target} has nothing for the phase {selected}; "
        "leave --phase and --only out, or give --allow-negative"
    )


def seconds(text: str) -> float:
    """Read a number of seconds, above 0 and at most a day."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= DAY:
        raise argparse.ArgumentTypeError(f"{text!r}: give more than 0 and at most {DAY} seconds")
    return value
