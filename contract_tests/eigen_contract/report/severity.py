"""How bad a finding is. A report begins with the worst."""

from collections.abc import Iterable
from typing import Literal, get_args

from eigen_contract.exchange import Finding

Severity = Literal["server error", "security", "wrong data", "wrong status", "protocol"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""From the worst to the least."""
MEANINGS: dict[Severity, str] = {
    "server error": "The server failed: it answered with a status of 5xx.",
    "security": "A bad key was accepted, or an answer shows what it must not.",
    "wrong data": "The answer came, but it is not what the request or the contract asks for.",
    "wrong status": "A valid request was refused, or an invalid one was not refused as the contract says.",
    "protocol": "Headers, messages and forms are not as HTTP or the contract has them.",
}
BY_CHECK: dict[str, Severity] = {
    "the_server_did_not_fail": "server error",
    "bad_keys_are_refused": "security",
    "near_misses_of_keys_are_refused": "security",
    "errors_keep_innards_to_themselves": "security",
    "errors_keep_keys_to_themselves": "security",
    "status_is_documented": "wrong status",
    "the_verdict_is_the_contracts": "wrong status",
    "examples_succeed": "wrong status",
    "other_methods_are_refused": "wrong status",
    "other_media_types_are_refused": "wrong status",
    "broken_bodies_are_refused": "wrong status",
    "large_bodies_are_refused": "wrong status",
    "usual_bodies_are_taken": "wrong status",
    "usual_seeds_work": "wrong status",
    "optional_properties_are_taken": "wrong status",
    "unknown_members_are_tolerated": "wrong status",
    "texts_in_forms_stay_texts": "wrong status",
    "nulls_and_wrong_types_are_refused": "wrong status",
    "scalars_are_read_by_their_declared_type": "wrong status",
    "bounds_are_enforced": "wrong status",
    "bounds_are_enforced_in_forms": "wrong status",
    "rare_methods_are_refused": "wrong status",
    "references_are_taken_in_every_encoding": "wrong status",
    "requests_of_no_job_are_refused": "wrong status",
    "unknown_jobs_are_not_found": "wrong status",
    "content_type_is_documented": "protocol",
    "errors_have_a_message": "protocol",
    "headers_are_well_formed": "protocol",
    "declared_headers_match": "protocol",
    "refusals_say_what_would_do": "protocol",
    "streams_begin_before_they_end": "protocol",
    "examples_are_on_the_tape": "protocol",
    "recordings_are_recent": "protocol",
    "deviations": "protocol",
}
"""Checks and scenarios that find something else than wrong data."""
STOCK = "schemathesis."
STOCK_SEVERITIES: dict[str, Severity] = {
    "schemathesis.ST103": "wrong status",
    "schemathesis.ST108": "wrong data",
    "schemathesis.ST109": "wrong data",
    "schemathesis.ST110": "wrong data",
}
"""Findings of Schemathesis's own checks: an undefined status, a wrong schema, malformed JSON, a body that
does not decode. Its other codes are about headers and media types."""


def severity_of(finding: Finding) -> Severity:
    """Return how bad one finding is; whatever a failing server answers is its failure first."""
    status = finding.exchange.response.status if finding.exchange else 0
    if status >= 500 and status != 503:
        return "server error"
    if is_unauthorized_success(finding):
        return "security"
    if finding.check.startswith(STOCK):
        return STOCK_SEVERITIES.get(finding.check, "protocol")
    return BY_CHECK.get(finding.check, "wrong data")


def is_unauthorized_success(finding: Finding) -> bool:
    """Return whether a request without the right key got what it asked for."""
    if finding.exchange is None or finding.exchange.request.auth in ("good", "trailing-space"):
        return False
    return 200 <= finding.exchange.response.status < 300


def worst(findings: Iterable[Finding]) -> Severity:
    """Return the severity of the worst of some findings, of which there is at least one."""
    found = {severity_of(finding) for finding in findings}
    return next(severity for severity in SEVERITIES if severity in found)
