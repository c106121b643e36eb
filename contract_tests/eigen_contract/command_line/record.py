"""`eigen-contract record`: make a tape."""

import argparse
from pathlib import Path

from eigen_contract.command_line.arguments import Commands, add_target_options, choice_of
from eigen_contract.command_line.output import CLEAN, print_outcome, unwritable
from eigen_contract.record import record
from eigen_contract.spec import Contract
from eigen_contract.tape import ORIGINS
from eigen_contract.targets import open_target


def add_command(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("record", help="make a tape")
    parser.set_defaults(run_command=run_command)
    add_target_options(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the tape")
    parser.add_argument(
        "--origin", choices=ORIGINS, default=None, help="who answered (default: by the target)"
    )


def run_command(options: argparse.Namespace) -> int:
    """Record a tape."""
    contract = Contract.load(options.spec)
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(options.out, error) from error
    with open_target(choice_of(options)) as target:
        tape = record(target, contract, options.out, options.origin)
    print_outcome(f"{len(tape.exchanges)} exchanges, origin {', '.join(tape.origins)}, in {options.out}")
    return CLEAN
