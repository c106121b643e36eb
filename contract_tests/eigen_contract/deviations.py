"""Known deviations: a listed finding does not fail a run; one that is listed and gone does."""

import tomllib
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path

from attrs import frozen

from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Finding
from eigen_contract.identity import digest_of, message_shape


@frozen
class Deviation:
    """One known deviation: of which target, which check, at which place of the spec, since when and why.

    `request` is the digest of the request that shows it, as in a report; then `message` is the whole message
    of the finding, whose ids and numbers may differ. Without a request it is a text that the message holds.
    """

    target: str
    check: str
    pointer: str
    reason: str
    since: date
    message: str
    request: str = ""

    def covers(self, finding: Finding) -> bool:
        """Return whether a finding is the one that is accepted."""
        if (finding.check, finding.pointer) != (self.check, self.pointer):
            return False
        if not self.request:
            return self.message in finding.message
        is_same_message = message_shape(finding.message) == message_shape(self.message)
        return is_same_message and digest_of(finding) == self.request

    def is_looked_for(self, sent: Collection[str]) -> bool:
        """Return whether a run that sent these requests could have found it."""
        return not self.request or self.request in sent


def load_deviations(path: Path, target: str) -> list[Deviation]:
    """Read the deviations of one target.

    Raises:
        CannotJudgeError: the file does not read, or an entry lacks a field.
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
    for deviation in known:
        if not deviation.message:
            raise CannotJudgeError(
                f"cannot read the baseline {path}: the entry of {deviation.check} at {deviation.pointer} has "
                "an empty message, and would hide every finding there; write the message of the one finding"
            )
    return [deviation for deviation in known if deviation.target == target]


def unexpected(
    findings: Iterable[Finding],
    known: Iterable[Deviation],
    *,
    is_whole: bool = True,
    sent: Collection[str] = (),
) -> list[Finding]:
    """Return the findings that are not listed, and one for each listed deviation that is gone.

    Args:
        is_whole: whether everything was judged; otherwise a missing deviation proves nothing.
        sent: the digests of all requests that the run sent; a deviation of another request is not looked for.
    """
    listed, found = list(known), list(findings)
    left = [finding for finding in found if not any(deviation.covers(finding) for deviation in listed)]
    if not is_whole:
        return left
    gone = [
        deviation
        for deviation in listed
        if deviation.is_looked_for(sent) and not any(deviation.covers(finding) for finding in found)
    ]
    return left + [
        Finding(
            "deviations",
            f"the accepted finding of {deviation.check} is gone; remove its entry: {deviation.message}",
            deviation.pointer,
        )
        for deviation in gone
    ]
