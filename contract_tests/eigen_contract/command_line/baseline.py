"""`eigen-contract baseline`: accept the findings of a report, as long as they last."""

import argparse
from pathlib import Path

from eigen_contract.accepting import baseline_of
from eigen_contract.command_line.arguments import Commands
from eigen_contract.command_line.output import CLEAN, print_outcome, unwritable


def add_command(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("baseline", help="accept the findings of a report, as long as they last")
    parser.set_defaults(run_command=run_command)
    parser.add_argument("report", type=Path, metavar="DIR", help="the folder of a report")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the baseline to write")
    parser.add_argument("--reason", default="not looked at yet", help="why (default: %(default)s)")


def run_command(options: argparse.Namespace) -> int:
    """Write a baseline that accepts what a report found."""
    text, count = baseline_of(options.report, options.reason)
    try:
        options.out.write_text(text, "utf-8")
    except OSError as error:
        raise unwritable(options.out, error) from error
    print_outcome(f"{count} findings accepted in {options.out}")
    return CLEAN
