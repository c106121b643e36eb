"""`python -m pull_request`: print what a change of the contract means, as the action `contract-change` does.

Exit status: 0 nothing stands against the change, 1 it breaks callers without a version that says so, or the
client is not what the contract makes, 2 the contract cannot be used.
"""

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from .comparing import Options, compare


def main(arguments: list[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """Compare, and return the exit status. Of `environment` the summary of the job and the inputs count."""
    options = _make_parser(environment).parse_args(arguments)
    summary = environment.get("GITHUB_STEP_SUMMARY")
    return compare(Options(**vars(options), summary=Path(summary) if summary else None))


def _make_parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    """Return the parser; the inputs of the action are the defaults."""

    def add_path(option: str, help_text: str, default: str | None = None) -> None:
        text = environment.get(f"INPUT_{option.upper()}") or default
        parser.add_argument(f"--{option}", type=Path, default=Path(text) if text else None, help=help_text)

    parser = argparse.ArgumentParser(
        prog="python -m pull_request", description="Say what a change of the contract means for callers."
    )
    add_path("spec", "the contract (openapi.yaml)", "openapi.yaml")
    parser.add_argument(
        "--base", default=environment.get("INPUT_BASE") or "HEAD", help="the revision to compare with (HEAD)"
    )
    add_path("client", "a built client that must be what the contract makes")
    add_path("tape", "a tape that should hold each named example")
    add_path("out", "a file to write the comment to")
    parser.add_argument(
        "--allow-breaking",
        action="store_true",
        default=environment.get("INPUT_ALLOW_BREAKING") == "true",
        help="let a breaking change pass whose version does not say so",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
