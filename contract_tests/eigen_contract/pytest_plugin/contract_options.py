"""Options that put the checks of the contract among the tests of a team."""

from pathlib import Path

import pytest

URL = "--eigen-contract-url"
BUDGET = 50
"""Requests that may be sent if nothing else is said; each may cost credits."""


def add(group: pytest.OptionGroup) -> None:
    """Add what a user may set. The key comes from EIGENAI_API_KEY."""
    group.addoption(
        URL,
        metavar="URL",
        help="judge the deployment at this URL by the contract: a test for each check and operation, and for "
        "each scenario; the key is read from EIGENAI_API_KEY",
    )
    group.addoption(
        "--eigen-contract-budget",
        type=int,
        default=BUDGET,
        metavar="N",
        help="the most requests that are sent, each of which may be billed (default %(default)s)",
    )
    group.addoption(
        "--eigen-contract-allow-negative",
        action="store_true",
        help="send the deployment what it must refuse, too",
    )
    group.addoption(
        "--eigen-contract-report",
        type=Path,
        metavar="DIR",
        help="write report.html, report.json, report.txt and junit.xml",
    )
