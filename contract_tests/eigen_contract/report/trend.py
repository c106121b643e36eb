"""Compares a run with the report of an earlier one: what is new, what is still there, what is fixed."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from eigen_contract.errors import CannotJudgeError
from eigen_contract.shapes import items, members

Key = tuple[str, str, str]
"""A check, a place of the spec, and a kind of answer."""


@frozen
class EarlierFinding:
    """One group of findings in an earlier report."""

    check: str
    pointer: str
    answer: str
    times: int
    message: str

    @property
    def judged_as(self) -> str:
        """The name under which a run counts that it looked for this."""
        return "schemathesis" if self.check.startswith("schemathesis.") else self.check


@frozen
class Trend:
    """What changed since an earlier run."""

    is_known: bool = False
    """Whether there is an earlier run to compare with."""
    since: str = ""
    """When and against what the earlier run was made."""
    new: frozenset[int] = frozenset()
    """Numbers of the groups that the earlier report does not have."""
    remaining: tuple[tuple[int, int], ...] = ()
    """Number of each group that was there before, and how many findings it had then."""
    fixed: tuple[EarlierFinding, ...] = ()
    """What the earlier report has, and this run looked for in vain."""
    not_judged: tuple[EarlierFinding, ...] = ()
    """What the earlier report has, and this run did not look for."""


NO_TREND = Trend()


@frozen
class Earlier:
    """The findings of an earlier report."""

    since: str
    findings: tuple[EarlierFinding, ...]

    def compare(self, current: Mapping[Key, int], judged: frozenset[str]) -> Trend:
        """Compare with the findings of this run.

        Args:
            current: the number of each group of this run.
            judged: the checks and scenarios that this run has judged something by.
        """
        before = {(finding.check, finding.pointer, finding.answer): finding for finding in self.findings}
        gone = [finding for key, finding in before.items() if key not in current]
        return Trend(
            is_known=True,
            since=self.since,
            new=frozenset(number for key, number in current.items() if key not in before),
            remaining=tuple((number, before[key].times) for key, number in current.items() if key in before),
            fixed=tuple(finding for finding in gone if finding.judged_as in judged),
            not_judged=tuple(finding for finding in gone if finding.judged_as not in judged),
        )


def load_earlier(path: Path) -> Earlier:
    """Read an earlier report.

    Args:
        path: a `report.json`, or the folder that holds one.

    Raises:
        CannotJudgeError: it cannot be read, or is not a report.
    """
    path = path / "report.json" if path.is_dir() else path
    try:
        document: Any = json.loads(path.read_text("utf-8"))
        findings = [read_finding(node) for node in items(document["findings"])]
        since = " ".join([str(document.get("recorded", "an unknown time")), str(document["target"])])
    except OSError as error:
        raise CannotJudgeError(
            f"cannot read the earlier report {path}: {error.strerror}; give --compare a report.json"
        ) from error
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise CannotJudgeError(
            f"{path} is not a report of this program; give --compare a report.json"
        ) from error
    return Earlier(since, tuple(findings))


def read_finding(node: Any) -> EarlierFinding:
    values = members(node)
    return EarlierFinding(
        str(values["check"]),
        str(values["pointer"]),
        str(values["answer"]),
        int(values["times"]),
        str(values["message"]),
    )
