"""The status: documented, no failure, and the one that the contract's verdict on the request asks for."""

from collections.abc import Iterator

from eigen_contract.checks.subject import Subject
from eigen_contract.exchange import Finding

CIRCUMSTANCES = frozenset({402, 403, 404, 429, 503})
"""Statuses that the state of the account or the service may cause, whatever the request holds."""
MODEST = 500
"""Bytes of a body that no limit on size or length can be below; where limits lie is not documented."""
UNDOCUMENTED = frozenset({404, 405})
"""Statuses of requests that no operation describes (RFC 9110, sections 15.5.5 and 15.5.6)."""


def status_is_documented(subject: Subject) -> Iterator[Finding]:
    """The status is one that the operation lists."""
    if subject.operation is None:
        if subject.response.status not in UNDOCUMENTED:
            yield subject.finding("status_is_documented", f"{subject.response.status} for no operation")
    elif subject.declared is None:
        message = f"{subject.response.status} is no documented status of {subject.operation.id}"
        yield subject.finding("status_is_documented", message, f"{subject.operation.pointer}/responses")


def the_server_did_not_fail(subject: Subject) -> Iterator[Finding]:
    """No request makes the server fail; 503 says that it is busy, which is no failure."""
    if subject.response.status >= 500 and subject.response.status != 503:
        yield subject.finding("the_server_did_not_fail", f"it answered {subject.response.status}")


def the_verdict_is_the_contracts(subject: Subject) -> Iterator[Finding]:
    """What the contract accepts is done; what it refuses is refused, with the status for that fault."""
    verdict, status = subject.verdict, subject.response.status
    if verdict.ruling == "accept" and status not in CIRCUMSTANCES | {200} and not is_too_much(subject):
        message = f"a request that the contract accepts was answered {status}: {said(subject)}"
    elif verdict.ruling == "refuse" and subject.succeeded:
        message = f"a request that the contract refuses was answered {status} ({verdict.reason})"
    elif verdict.ruling == "refuse" and status not in verdict.statuses | {429, 503}:
        wanted = " or ".join(str(expected) for expected in sorted(verdict.statuses))
        message = f"it should be refused with {wanted} and was with {status} ({verdict.reason})"
    else:
        return
    yield subject.finding("the_verdict_is_the_contracts", message, verdict.pointer)


def is_too_much(subject: Subject) -> bool:
    """Return whether an answer may call a valid body too large. A scenario sends bodies that it may not."""
    return subject.response.status == 413 and len(subject.request.body) > MODEST


def said(subject: Subject) -> str:
    """Quote the beginning of what the server said."""
    return subject.response.body[:200].decode(errors="replace")
