"""`eigen-contract evidence`: write the page that says how the contract is known."""

import argparse
from pathlib import Path

from eigen_contract.command_line.arguments import Commands, add_target_options, choice_of
from eigen_contract.command_line.output import CLEAN, unwritable
from eigen_contract.evidence import as_markdown
from eigen_contract.ledger import Ledger
from eigen_contract.oracle import Oracle
from eigen_contract.runner import Plan, notes_on, run
from eigen_contract.spec import Contract
from eigen_contract.targets import open_target


def add_command(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("evidence", help="write down how the contract is known, by a tape")
    parser.set_defaults(run_command=run_command)
    add_target_options(parser)
    parser.set_defaults(target="recorded")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the page, in Markdown")


def run_command(options: argparse.Namespace) -> int:
    """Write the page, with what the answers of a target say about each statement."""
    oracle = Oracle.of(Contract.load(options.spec))
    try:
        options.out.open("a").close()
    except OSError as error:
        raise unwritable(options.out, error) from error
    with open_target(choice_of(options)) as target:
        judgement = run(target, oracle, Plan())
        # Without the age of the tape: the page is committed, and must not change from day to day.
        notes = notes_on(target, oracle)
    survey = judgement.survey
    ledger = Ledger.of(oracle, judgement.origin, survey.touched, judgement.findings, survey.touched_by_vendor)
    options.out.write_text(as_markdown(ledger, notes), "utf-8")
    return CLEAN
