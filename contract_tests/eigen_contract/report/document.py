"""A judgement as a JSON document. Under the same seed, seconds are the only values that change."""

from typing import Any

from attrs import asdict

from eigen_contract.corpus import VOLATILE
from eigen_contract.coverage import Coverage
from eigen_contract.exchange import Exchange, Headers
from eigen_contract.ledger import Ledger
from eigen_contract.report.bodies import Bodies, quoted
from eigen_contract.report.commands import curl
from eigen_contract.report.result import Group, Result
from eigen_contract.report.rules import rule_of

FORMAT = 1


def as_json(result: Result) -> dict[str, Any]:
    """Return the document."""
    judgement = result.judgement
    return {
        "format": FORMAT,
        "target": judgement.target,
        "origin": judgement.origin,
        "spec_sha256": judgement.spec_sha256,
        "seed": judgement.seed,
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
        "findings": [group_as_json(group) for group in result.groups],
        "coverage": coverage_as_json(judgement.survey.coverage),
        "ledger": ledger_as_json(result.ledger),
    }


def group_as_json(group: Group) -> dict[str, Any]:
    return {
        "number": group.number,
        "check": group.check,
        "rule": rule_of(group.check),
        "pointer": group.pointer,
        "times": len(group.findings),
        "message": group.first.message,
        "fails": not group.excused,
        "rests_on": [asdict(fact) for fact in group.facts],
        "exchange": exchange_as_json(group.exchange, Bodies.of(group)) if group.exchange else None,
    }


def exchange_as_json(exchange: Exchange, bodies: Bodies) -> dict[str, Any]:
    request, response = exchange.request, exchange.response
    return {
        "label": exchange.label,
        "request": {
            "method": request.method,
            "target": request.target,
            "auth": request.auth,
            "headers": steady(request.headers),
            "body": quoted(request.body),
            "body_file": bodies.request or None,
        },
        "response": {
            "status": response.status,
            "headers": steady(response.headers),
            "body": quoted(response.body),
            "body_file": bodies.response or None,
        },
        "curl": curl(exchange, bodies.request),
    }


def steady(headers: Headers) -> list[list[str]]:
    """Return headers without those that change from run to run."""
    return [[name, value] for name, value in headers if name.lower() not in VOLATILE]


def coverage_as_json(coverage: Coverage) -> dict[str, Any]:
    keywords = [
        {
            **asdict(one),
            "state": touch.state,
            "accepted": touch.positive,
            "refused": touch.negative,
            "statuses": {str(status): touch.statuses[status] for status in sorted(touch.statuses)},
        }
        for one, touch in coverage.keywords.items()
    ]
    answers = [{**asdict(one), "times": times} for one, times in coverage.answers.items()]
    return {"keywords": keywords, "answers": answers}


def ledger_as_json(ledger: Ledger) -> list[dict[str, Any]]:
    return [
        {
            **asdict(entry.fact),
            "standing": entry.standing,
            "times": entry.times,
            "against": [str(finding) for finding in entry.against[:5]],
        }
        for entry in ledger.entries
    ]
