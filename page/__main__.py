"""`python -m page SAVED_PAGE [--since OLDER_COPY]`: what the vendor's page says otherwise than the project.

It compares the saved page with `tests/page.toml` and `openapi.yaml`, or with an older copy of the page word
for word. Nothing is changed. Exit status: 0 all the same, 1 something differs, 2 something cannot be read.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from .agreement import compare_with_contract
from .comparison import Difference, compare_pages
from .contract import read_contract
from .errors import UnreadableError
from .extraction import extract_page
from .report import format_report, merge
from .saved_file import read_saved_page
from .transcript import read_transcript
from .vendor_page import VendorPage

ROOT = Path(__file__).resolve().parents[1]
SAME, DIFFERS, UNREADABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, print what differs, and return the exit status."""
    try:
        options = _make_parser().parse_args(arguments)
        page = _read(options.saved_page)
        differences = list(_compare(page, options))
    except UnreadableError as error:
        print(f"page: {' '.join(str(error).split())}", file=sys.stderr)
        return UNREADABLE
    counted = f"{len(page.rows)} rows in {len(page.tables)} tables, {len(page.curls)} curl commands"
    if not differences:
        print(f"{options.saved_page}: nothing differs ({counted})")
        return SAME
    merged = merge(differences, page.tables)
    print(format_report(merged))
    differing = "1 difference" if len(merged) == 1 else f"{len(merged)} differences"
    print(f"\n{options.saved_page}: {differing} ({counted})")
    print(
        "Nothing was changed. Edit tests/page.toml from the page, then openapi.yaml; ./dev says what is left."
    )
    return DIFFERS


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Raise UnreadableError."""
        raise UnreadableError(f"{message}; usage: ./dev -s page -- SAVED_PAGE [--since OLDER_COPY]")


def _make_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="page", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "saved_page", type=Path, help="a saved copy of the vendor's page: HTML, Markdown or text"
    )
    parser.add_argument(
        "--since", type=Path, metavar="OLDER_COPY", help="compare with this copy, word for word"
    )
    parser.add_argument(
        "--transcript", type=Path, default=ROOT / "tests" / "page.toml", help="(tests/page.toml)"
    )
    parser.add_argument(
        "--spec", type=Path, default=ROOT / "openapi.yaml", help="the contract (openapi.yaml)"
    )
    return parser


def _read(path: Path) -> VendorPage:
    """Return what a saved page says. Raises UnreadableError that begins with its path."""
    try:
        return extract_page(read_saved_page(path))
    except UnreadableError as error:
        named = str(error).startswith(str(path))
        raise UnreadableError(str(error) if named else f"{path}: {error}") from error


def _compare(page: VendorPage, options: argparse.Namespace) -> Sequence[Difference]:
    if options.since is not None:
        return list(compare_pages(page, _read(options.since), str(options.since), words=True))
    transcript = read_transcript(options.transcript)
    method, _, path = sorted(transcript.page.endpoints)[0].partition(" ")
    contract = read_contract(options.spec, method, path)
    return [
        *compare_pages(page, transcript.page, "tests/page.toml"),
        *compare_with_contract(page, transcript, contract),
    ]


if __name__ == "__main__":
    sys.exit(main())
