"""Known deviations: a listed finding does not fail a run; one that is listed and gone does."""

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from attrs import frozen

from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Finding


@frozen
class Deviation:
    """One known deviation: of which target, which check, at which place of the spec, since when and why.

    `message` is a text that the finding's message holds; without one every finding of the check at the place
    is meant.
    """

    target: str
    check: str
    pointer: str
    reason: str
    since: date
    message: str = ""

    def covers(self, finding: Finding) -> bool:
        is_there = (finding.check, finding.pointer) == (self.check, self.pointer)
        return is_there and self.message in finding.message


def load_deviations(path: Path, target: str) -> list[Deviation]:
    """Read the deviations of one target.

    Raises:
        CannotJudgeError: the file does not read, or an entry lacks a member.
    """
    try:
        document = tomllib.loads(path.read_text("utf-8"))
        known = [Deviation(**entry) for entry in document.pop("deviation", [])]
    except UnicodeDecodeError as error:
        raise CannotJudgeError(f"cannot read the baseline {path}: it is not UTF-8") from error
    except (OSError, tomllib.TOMLDecodeError, TypeError) as error:
        raise CannotJudgeError(f"cannot read the baseline {path}: {error}") from error
    if document:
        raise CannotJudgeError(f"cannot read the baseline {path}: write [[deviation]], not {min(document)!r}")
    return [deviation for deviation in known if deviation.target == target]


def unexpected(
    findings: Iterable[Finding], known: Iterable[Deviation], *, is_whole: bool = True
) -> list[Finding]:
    """Return the findings that nobody listed, and one for each listed deviation that is gone.

    Args:
        is_whole: whether everything was judged; else a deviation may only not have been met.
    """
    listed, found = list(known), list(findings)
    left = [finding for finding in found if not any(deviation.covers(finding) for deviation in listed)]
    if not is_whole:
        return left
    gone = [deviation for deviation in listed if not any(deviation.covers(finding) for finding in found)]
    return left + [
        Finding("deviations", f"the deviation of {one.check} is gone; take it off the list", one.pointer)
        for one in gone
    ]
