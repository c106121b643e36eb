"""The table of what may be repeated."""

import pytest

from generator.runtime import retries
from generator.runtime.retries import Policy, may_repeat, pause, read_retry_after, verdict_of_status

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (retries.__doc__ or "").splitlines()
    if line.startswith("|") and not line.startswith("|-")
][1:]
STATUSES: dict[str, list[tuple[int, float | None]]] = {
    "429": [(429, None), (429, 1.0)],
    "503 with Retry-After": [(503, 0.0), (503, 9.0)],
    "408, 409, 425, 500, 502, 503, 504, any other 5xx": [
        (status, None) for status in (408, 409, 425, 500, 501, 502, 503, 504, 520, 599)
    ],
    "any other status that is no success": [
        *((status, None) for status in (300, 304, 400, 401, 404, 410, 422, 499)),
        *((status, 1.0) for status in (301, 400, 404)),
    ],
}
REPEATED = {
    "yes": (True, True, True),
    "no sooner than asked": (True, True, True),
    "only if safe or told": (False, True, True),
    "no": (False, False, False),
}


@pytest.mark.parametrize("row", [row for row in ROWS if row[0] in STATUSES], ids=lambda row: row[0])
def test_statuses_are_judged_as_the_table_says(row: list[str]) -> None:
    verdicts = {verdict_of_status(status, after) for status, after in STATUSES[row[0]]}
    assert verdicts == {row[1]}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_verdicts_are_followed_as_the_table_says(row: list[str]) -> None:
    verdict: retries.Verdict = row[1]  # type: ignore[assignment]
    plain, told = Policy(), Policy(retry_unknown=True)
    post, get, post_told = (
        may_repeat(verdict, "POST", plain),
        may_repeat(verdict, "GET", plain),
        may_repeat(verdict, "POST", told),
    )
    assert (post, get, post_told) == REPEATED[row[2]]


def test_the_table_holds_every_row_that_is_tried() -> None:
    assert len(ROWS) == 7
    assert STATUSES.keys() <= {row[0] for row in ROWS}


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
    assert pause(Policy(), attempts, elapsed, asked, lambda: random) == expected


def test_the_bound_of_a_pause_stops_growing() -> None:
    assert pause(Policy(max_retries=10**6), 10**5, 0.0, None, lambda: 1.0) == 8.0


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
        ({"retry-after": "-1"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "1e9"}, None),
        ({"retry-after": "²"}, None),
    ],
)
def test_reads_what_the_server_asks(headers: dict[str, str], expected: float | None) -> None:
    assert read_retry_after(headers, now=1000.0) == expected
