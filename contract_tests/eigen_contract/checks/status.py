"""The status: documented, no failure, and the one that the contract's verdict on the request asks for."""

from collections.abc import Iterator

from eigen_contract.checks.context import CheckContext
from eigen_contract.exchange import Finding

CIRCUMSTANCES = frozenset({402, 403, 404, 429, 503})
"""Statuses that the state of the account or the service may cause, whatever the request holds."""
MODEST = 500
"""Bytes of a body that no limit on size or length can be below; where limits lie is not documented."""
UNDOCUMENTED = frozenset({404, 405})
"""Statuses of requests that no operation describes (RFC 9110, sections 15.5.5 and 15.5.6)."""


def status_is_documented(context: CheckContext) -> Iterator[Finding]:
    """The status is one that the operation lists."""
    if context.operation is None:
        if context.response.status not in UNDOCUMENTED:
            yield context.finding("status_is_documented", f"{context.response.status} for no operation")
    elif context.declared is None:
        message = f"{context.response.status} is no documented status of {context.operation.id}"
        yield context.finding("status_is_documented", message, f"{context.operation.pointer}/responses")


def the_server_did_not_fail(context: CheckContext) -> Iterator[Finding]:
    """No request makes the server fail; 503 says that it is busy, which is no failure."""
    if context.response.status >= 500 and context.response.status != 503:
        yield context.finding("the_server_did_not_fail", f"it answered {context.response.status}")


def the_verdict_is_the_contracts(context: CheckContext) -> Iterator[Finding]:
    """What the contract accepts is done; what it refuses is refused, with the status for that fault."""
    verdict, status = context.verdict, context.response.status
    if verdict.ruling == "accept" and status not in CIRCUMSTANCES | {200} and not is_too_much(context):
        message = f"a request that the contract accepts was answered {status}: {said(context)}"
    elif verdict.ruling == "refuse" and context.succeeded:
        message = f"a request that the contract refuses was answered {status} ({verdict.reason})"
    elif verdict.ruling == "refuse" and status not in verdict.statuses | {429, 503}:
        wanted = " or ".join(str(expected) for expected in sorted(verdict.statuses))
        message = f"it should be refused with {wanted} and was with {status} ({verdict.reason})"
    else:
        return
    yield context.finding("the_verdict_is_the_contracts", message, verdict.pointer)


def is_too_much(context: CheckContext) -> bool:
    """Return whether an answer may call a valid body too large. A scenario sends bodies that it may not."""
    return context.response.status == 413 and len(context.request.body) > MODEST


def said(context: CheckContext) -> str:
    """Quote the beginning of what the server said."""
    return context.response.body[:200].decode(errors="replace")
