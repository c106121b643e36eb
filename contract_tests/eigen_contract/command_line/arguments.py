"""Arguments that several commands take."""

import argparse
import os
from pathlib import Path
from typing import NoReturn, Protocol

from eigen_contract.errors import CannotJudgeError
from eigen_contract.targets import Choice

MOST_DAYS = 1_000_000
"""Days that dates can be moved by."""


class OneLineParser(argparse.ArgumentParser):
    """A parser that reports a wrong argument in one line, without the usage of all others."""

    def error(self, message: str) -> NoReturn:
        """Refuse an argument. Raises CannotJudgeError."""
        raise CannotJudgeError(f"{message}; see {self.prog} --help")


class Commands(Protocol):
    """Where a command adds its parser; argparse has no public name for the class of it."""

    def add_parser(self, name: str, *, help: str, add_help: bool = True) -> argparse.ArgumentParser:  # noqa: A002
        """Add the parser of a command."""
        ...


def request_count(text: str) -> int:
    """Read a number of requests."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of requests")
    return int(text)


def day_count(text: str) -> float:
    """Read a number of days, whole or not."""
    try:
        days = float(text)
    except ValueError:
        days = -1.0
    if not 0 <= days < MOST_DAYS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days")
    return days


def add_target_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that name a target."""
    parser.add_argument("--target", default="reference", help="reference, recorded or live:URL")
    parser.add_argument(
        "--budget", type=int, metavar="N", help="the most requests that a live target may be sent"
    )
    parser.add_argument(
        "--allow-negative", action="store_true", help="send a live target what it must refuse"
    )
    parser.add_argument(
        "--rate",
        type=float,
        metavar="R",
        help="the most requests a second for a live target (default: 0.2 s between two, none on loopback)",
    )
    parser.add_argument(
        "--concurrency", type=int, default=1, metavar="N", help="requests at a time for a live target"
    )
    parser.add_argument("--tape", type=Path, metavar="DIR", help="the tape of the target recorded")
    parser.add_argument(
        "--timeout", type=float, default=300.0, metavar="S", help="seconds to wait for a live answer"
    )
    parser.add_argument("--spec", type=Path, metavar="FILE", help="the contract (default: the packaged one)")


def choice_of(options: argparse.Namespace) -> Choice:
    """Return the target that the options name; the key comes from EIGENAI_API_KEY."""
    return Choice(
        target=options.target,
        budget=options.budget,
        key=os.environ.get("EIGENAI_API_KEY"),
        allow_negative=options.allow_negative,
        tape=options.tape,
        rate=options.rate,
        concurrency=options.concurrency,
        timeout=options.timeout,
        spec=options.spec,
    )
