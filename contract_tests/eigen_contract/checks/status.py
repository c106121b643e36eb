"""The status: documented, no failure, and the one that the contract's verdict on the request asks for."""

from collections.abc import Iterator

from eigen_contract.checks.context import CheckContext
from eigen_contract.exchange import Finding
from eigen_contract.validate import Violation

CIRCUMSTANCES = frozenset({402, 403, 404, 409, 429, 503})
"""Statuses that the state of the account or the service may cause, whatever the request holds."""
MODEST = 500
"""Bytes of a body that no limit on size or length can be below; where limits lie is not documented."""
UNDOCUMENTED = frozenset({404, 405})
"""Statuses of requests that no operation describes (RFC 9110, sections 15.5.5 and 15.5.6)."""


def status_is_documented(context: CheckContext) -> Iterator[Finding]:
    """The status is one that the contract documents for the operation."""
    if context.operation is None:
        if context.response.status not in UNDOCUMENTED:
            asked = f"{context.request.method} {context.request.path}"
            message = (
                f"the contract has no {asked}, so 404 or 405 was expected; got {context.response.status}"
            )
            yield context.finding("status_is_documented", message)
    elif context.declared is None:
        listed = ", ".join(context.operation.responses)
        message = f"{context.operation.id} documents the statuses {listed}; got {context.response.status}"
        yield context.finding("status_is_documented", message, f"{context.operation.pointer}/responses")


def the_server_did_not_fail(context: CheckContext) -> Iterator[Finding]:
    """No request makes the server fail with a status of 5xx; 503 (busy) is allowed."""
    if context.response.status >= 500 and context.response.status != 503:
        asked = f"{context.request.method} {context.request.path}"
        message = f"the server failed: {asked} was answered {context.response.status}"
        yield context.finding("the_server_did_not_fail", message)


def the_verdict_is_the_contracts(context: CheckContext) -> Iterator[Finding]:
    """A valid request succeeds; an invalid one is refused with the status that the contract has for it."""
    verdict, status = context.verdict, context.response.status
    wanted = " or ".join(str(expected) for expected in sorted(verdict.statuses))
    if verdict.ruling == "accept" and status not in CIRCUMSTANCES | {200} and not is_too_much(context):
        message = f"the request is valid, so 200 was expected; got {status}: {quoted_body(context)}"
    elif verdict.ruling == "refuse" and (context.succeeded or status not in verdict.statuses | {429, 503}):
        message = f"the request is invalid ({invalidity(context)}), so {wanted} was expected; got {status}"
    else:
        return
    yield context.finding("the_verdict_is_the_contracts", message, verdict.pointer)


def invalidity(context: CheckContext) -> str:
    """Say what is wrong with a request that is to be refused.

    A message that a body matches no job does not help. So it says what the nearest job lacks.
    """
    verdict, operation = context.verdict, context.operation
    if verdict.wire is None or operation is None:
        return verdict.reason
    nearest: tuple[str, list[Violation]] | None = None
    for variant in operation.bodies[verdict.wire.media_type].variants:
        violations = [
            *context.oracle.validators.violations(variant.schema, variant.pointer, verdict.wire.instance)
        ]
        if nearest is None or len(violations) < len(nearest[1]):
            nearest = variant.name, violations
    if nearest is None:
        return verdict.reason
    name, violations = nearest
    return f"as {name}: {violations[0]}" if violations else "it fits several jobs at once"


def is_too_much(context: CheckContext) -> bool:
    """Return whether an answer may call a valid body too large. A scenario sends bodies that it may not."""
    return context.response.status == 413 and len(context.request.body) > MODEST


def quoted_body(context: CheckContext) -> str:
    """Quote the beginning of the body of the answer."""
    return context.response.body[:200].decode(errors="replace")
