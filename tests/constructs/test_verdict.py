"""Verdicts: each kind of loss is told from the others, and nothing lost is called carried."""

from typing import Any

import pytest

from constructs.verdict import CARRIED, CRASHES, DROPPED, LOOSE, judge

SENT = {
    "json": {"n": 15},
    "text": '{"n": 15}',
    "query": [],
    "headers": {"x": "1"},
    "parts": [{"name": "a", "text": "b", "headers": {"x-version": "2"}}],
}
FOUND: dict[str, Any] = {
    "sent": SENT,
    "value": {"a": 1},
    "headers": {"x-total": "12"},
    "hints": "probe.models.doc.Doc",
    "deprecated": True,
}


@pytest.mark.parametrize(
    ("probe", "found", "verdict"),
    [
        ({"wire": {"json": {"n": 15}}, "value": {"a": 1}, "typed": True}, {}, CARRIED),
        ({"wire": {"text": '"n":15[,}]'}}, {}, CARRIED),
        ({"wire": {"text": '"n":15[,}]'}}, {"sent": {"text": '{"n": 15.0}'}}, DROPPED),
        ({"wire": {"json": {"n": 16}}}, {}, DROPPED),
        ({"wire": {"headers": {"x": "2"}}}, {}, DROPPED),
        ({"wire": {"parts": [{"name": "a", "headers": {"x-version": "2"}}]}}, {}, CARRIED),
        ({"wire": {"parts": [{"name": "a", "headers": {"x-version": "3"}}]}}, {}, DROPPED),
        ({"wire": {"parts": []}}, {}, DROPPED),
        ({"wire": {"json": {}}}, {"sent": None}, DROPPED),
        ({"query_is": []}, {"sent": {"query": [["q", "5"]]}}, DROPPED),
        ({"value": {"a": 2}}, {}, DROPPED),
        ({"response_headers": {"x-total": "13"}}, {}, DROPPED),
        ({"deprecated": True}, {"deprecated": False}, DROPPED),
        ({"typed": True}, {"hints": "typing.Any"}, LOOSE),
        ({}, {"raised": "TypeError: no"}, CRASHES),
        ({}, {"broken": "ImportError: no"}, CRASHES),
        ({"raises": 409}, {"raised": "ConflictError: taken", "status": 409}, CARRIED),
        ({"raises": 409}, {"raised": "JSONDecodeError: no"}, CRASHES),
        ({"raises": 409}, {}, DROPPED),
    ],
)
def test_tells_what_is_lost(probe: dict[str, Any], found: dict[str, Any], verdict: str) -> None:
    assert judge(probe, FOUND | found)[0] == verdict
