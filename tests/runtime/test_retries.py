"""The table of what may be repeated."""

import math
from pathlib import Path

import pytest

from generator.runtime.http import retries
from generator.runtime.http.retries import (
    OUTCOMES,
    Failure,
    RetryPolicy,
    decide_status,
    may_repeat,
    pause_before_retry,
    read_retry_after,
)

STATUSES: dict[str, list[tuple[int, float | None]]] = {
    "429": [(429, None), (429, 1.0)],
    "503 with Retry-After": [(503, 0.0), (503, 9.0)],
    "408, 409, 425, 500, 502, 503, 504, any other 5xx": [
        (status, None) for status in (408, 409, 425, 500, 501, 502, 503, 504, 520, 599)
    ],
    "any other status that is not a success": [
        *((status, None) for status in (300, 304, 400, 401, 404, 410, 422, 499)),
        *((status, 1.0) for status in (301, 400, 404)),
    ],
}
FAILURE_KINDS: set[retries.FailureKind] = {
    "no connection",
    "closed before the body",
    "no answer",
    "broken off",
    "not decodable",
    "too large",
}
# Each decision in the page's words, and whether POST, GET, and POST with `retry_unknown` are repeated.
REPEATED = {
    "not sent": ("yes", (True, True, True)),
    "rejected": ("no sooner than asked", (True, True, True)),
    "unknown": ("only for safe methods or with `retry_unknown=True`", (False, True, True)),
    "final": ("no", (False, False, False)),
}


@pytest.mark.parametrize("description", STATUSES)
def test_decides_statuses_as_the_table_says(description: str) -> None:
    row = next(row for row in OUTCOMES if row.description == description)
    assert {decide_status(status, after) for status, after in STATUSES[description]} == {row.decision}


@pytest.mark.parametrize("row", OUTCOMES, ids=lambda row: row.description)
def test_repeats_as_the_table_says(row: retries.Outcome) -> None:
    default_policy, permissive_policy = RetryPolicy(), RetryPolicy(retry_unknown=True)
    repeats = (
        may_repeat(row.decision, "POST", default_policy),
        may_repeat(row.decision, "GET", default_policy),
        may_repeat(row.decision, "POST", permissive_policy),
    )
    assert repeats == REPEATED[row.decision][1]


def test_everything_that_can_happen_stands_in_one_row() -> None:
    rows = [kind for row in OUTCOMES for kind in row.failures]
    assert sorted(rows) == sorted(FAILURE_KINDS)
    assert STATUSES.keys() <= {row.description for row in OUTCOMES}
    for row in OUTCOMES:
        assert all(Failure(kind, "").decision == row.decision for kind in row.failures)


def test_the_page_about_retries_prints_the_table() -> None:
    page = Path("docs/retries.md").read_text(encoding="utf-8")
    rows = [("what happened", "decision", "repeated"), ("---", "---", "---")]
    rows += [(row.description, row.decision, REPEATED[row.decision][0]) for row in OUTCOMES]
    assert "".join(f"| {' | '.join(row)} |\n" for row in rows) in page


@pytest.mark.parametrize(
    ("attempts", "elapsed", "asked", "random", "expected"),
    [
        (1, 0.0, None, 0.0, 0.0),
        (1, 0.0, None, 1.0, 0.5),
        (2, 0.0, None, 1.0, 1.0),
        (2, 0.0, 30.0, 0.0, 30.0),
        (2, 0.0, 30.0, 1.0, 31.0),
        (3, 0.0, None, 0.0, None),
        (1, 100.0, 20.0, 0.0, 20.0),
        (1, 100.1, 20.0, 0.0, None),
    ],
)
def test_pauses(
    attempts: int, elapsed: float, asked: float | None, random: float, expected: float | None
) -> None:
    assert pause_before_retry(RetryPolicy(), attempts, elapsed, asked, lambda: random) == expected


def test_the_bound_of_a_pause_stops_growing() -> None:
    assert pause_before_retry(RetryPolicy(max_retries=10**6), 10**5, 0.0, None, lambda: 1.0) == 8.0


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"retry-after": "Thu, 01 Jan 1970 00:16:50 GMT"}, 10.0),
        ({"retry-after": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0.0),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": "2", "retry-after-ms": "250"}, 2.0),
        ({"retry-after": ""}, None),
        ({"retry-after": "3, 3"}, 3.0),
        ({"retry-after": "3, 9, 5"}, 9.0),
        ({"retry-after": "120s"}, 120.0),
        ({"retry-after": "Thu Jan  1 00:16:50 1970"}, 10.0),
        ({"retry-after": "Thursday, 01-Jan-70 00:16:50 GMT"}, 10.0),
        *[
            ({"retry-after": text}, math.inf)
            for text in ("-1", "soon", "nan", "inf", "1e9", "²", "9" * 400, "2026-11-22T08:00:00Z", "3, soon")
        ],
        ({"retry-after": "2", "retry-after-ms": "soon"}, math.inf),
    ],
)
def test_reads_what_the_server_asks(headers: dict[str, str], expected: float | None) -> None:
    assert read_retry_after(headers, now=1000.0) == expected
