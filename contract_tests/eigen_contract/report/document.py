"""A judgement as a JSON document. Under the same seed, times are the only values that change."""

from collections.abc import Iterable
from typing import Any

from attrs import asdict

from eigen_contract.corpus import VOLATILE
from eigen_contract.coverage import Coverage
from eigen_contract.exchange import Exchange, Finding, Headers
from eigen_contract.identity import digest_of
from eigen_contract.latency import Latency
from eigen_contract.ledger import Ledger
from eigen_contract.report.bodies import BodyFiles, quoted
from eigen_contract.report.commands import curl
from eigen_contract.report.provenance import recorded, seconds_of, target_of, versions
from eigen_contract.report.result import Group, Result
from eigen_contract.report.rules import rule_of
from eigen_contract.report.trend import Trend

FORMAT = 2
OCCURRENCES = 1000
"""Findings of a group that are written with their exchanges; `times` counts all of them."""


def as_json(result: Result, files: BodyFiles) -> dict[str, Any]:
    """Return the document.

    Args:
        files: takes the bodies that are too long to be quoted.
    """
    judgement = result.judgement
    return {
        "format": FORMAT,
        "target": target_of(result),
        "origin": judgement.origin,
        "recorded": recorded(result),
        "versions": versions(result),
        "spec_sha256": judgement.spec_sha256,
        "seed": judgement.seed,
        "budget": judgement.budget,
        "seconds": round(seconds_of(result), 3),
        "verdict": result.verdict,
        "notes": list(judgement.notes),
        "phases": [
            {
                "name": phase_result.phase,
                "exchanges": phase_result.exchanges,
                "findings": len(phase_result.findings),
                "seconds": round(phase_result.seconds, 3),
            }
            for phase_result in judgement.phase_results
        ],
        "findings": [group_as_json(group, files) for group in result.groups],
        "trend": trend_as_json(result.trend) if result.trend.is_known else None,
        "judged": judged_as_json(result),
        "latency": [latency_as_json(latency) for latency in judgement.survey.latencies.summary()],
        "coverage": coverage_as_json(judgement.survey.coverage),
        "ledger": ledger_as_json(result.ledger),
    }


def group_as_json(group: Group, files: BodyFiles) -> dict[str, Any]:
    occurrences = [occurrence_as_json(finding, files) for finding in group.findings[:OCCURRENCES]]
    return {
        "number": group.number,
        "check": group.check,
        "rule": rule_of(group.check),
        "severity": group.severity,
        "pointer": group.pointer,
        "answer": group.answer,
        "times": len(group.findings),
        "message": group.first.message,
        "fails": not group.excused,
        "follows_from": group.cause or None,
        "rests_on": [asdict(fact) for fact in group.facts],
        "occurrences": occurrences,
    }


def occurrence_as_json(finding: Finding, files: BodyFiles) -> dict[str, Any]:
    """Return one finding with its exchange; the latter is missing where nothing was sent."""
    exchange = exchange_as_json(finding.exchange, files) if finding.exchange else {}
    return {"message": finding.message, "request_digest": digest_of(finding), **exchange}


def exchange_as_json(exchange: Exchange, files: BodyFiles) -> dict[str, Any]:
    request, response = exchange.request, exchange.response
    request_file, response_file = files.names(exchange)
    return {
        "label": exchange.label,
        "request": {
            "method": request.method,
            "target": request.target,
            "auth": request.auth,
            "headers": steady(request.headers),
            "body": quoted(request.body),
            "body_file": request_file or None,
        },
        "response": {
            "status": response.status,
            "headers": steady(response.headers),
            "body": quoted(response.body),
            "body_file": response_file or None,
            "seconds": None if response.last_byte is None else round(response.last_byte, 3),
        },
        "curl": curl(exchange, request_file),
        "is_cut": exchange.is_cut,
    }


def steady(headers: Headers) -> list[list[str]]:
    """Return headers without those that change from run to run."""
    return [[name, value] for name, value in headers if name.lower() not in VOLATILE]


def trend_as_json(trend: Trend) -> dict[str, Any]:
    """Return what changed since an earlier run; groups of this run by their numbers."""
    return {
        "since": trend.since,
        "new": sorted(trend.new),
        "still_there": [{"number": number, "times_before": times} for number, times in trend.remaining],
        "fixed": [asdict(finding) for finding in trend.fixed],
        "not_judged": [asdict(finding) for finding in trend.not_judged],
    }


def judged_as_json(result: Result) -> list[dict[str, Any]]:
    """Return how many exchanges were judged by each check and scenario, for each operation."""
    return [
        {"operation": operation or None, "check": check, "exchanges": count}
        for (operation, check), count in sorted(result.judgement.survey.judged.items())
    ]


def latency_as_json(latency: Latency) -> dict[str, Any]:
    times = {name: round(getattr(latency, name), 4) for name in ("median", "p95", "longest")}
    return {**asdict(latency), "operation": latency.operation or None, **times}


def coverage_as_json(coverage: Coverage) -> dict[str, Any]:
    keywords = [
        {
            **asdict(keyword),
            "state": touch.state,
            "accepted": touch.positive,
            "refused": touch.negative,
            "statuses": {str(status): touch.statuses[status] for status in sorted(touch.statuses)},
        }
        for keyword, touch in coverage.keywords.items()
    ]
    answers = [{**asdict(answer), "times": times} for answer, times in coverage.answers.items()]
    return {"keywords": keywords, "answers": answers}


def ledger_as_json(ledger: Ledger) -> list[dict[str, Any]]:
    return [
        {
            **asdict(entry.fact),
            "standing": entry.standing,
            "times": entry.times,
            "against": first_findings(entry.against),
        }
        for entry in ledger.entries
    ]


def first_findings(findings: Iterable[Finding]) -> list[str]:
    """Return a few of the findings that speak against a statement; the others are under `findings`."""
    return [str(finding) for finding in [*findings][:5]]
