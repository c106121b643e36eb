"""Times of answers: the rows that a report shows."""

import pytest

from eigen_contract.exchange import Response
from eigen_contract.latency import Latencies, Latency, percentile

JSON = (("content-type", "application/json"),)


@pytest.mark.parametrize(
    ("count", "median", "p95"), [(1, 1, 1), (2, 1, 2), (3, 2, 3), (20, 10, 19), (100, 50, 95)]
)
def test_percentiles_are_those_of_the_nearest_rank(count: int, median: int, p95: int) -> None:
    times = [float(number) for number in range(1, count + 1)]
    assert (percentile(times, 0.5), percentile(times, 0.95)) == (median, p95)


def test_each_kind_of_answer_has_a_row() -> None:
    first, second = Latencies(), Latencies()
    for seconds in (0.5, 0.1):
        first.note("generate", Response(200, JSON, b"", None, seconds))
    second.note("generate", Response(200, JSON, b"", None, 0.9))
    second.note("getStatus", Response(404, JSON, b"", None, 0.2))
    second.note("getStatus", Response(404, JSON))
    first.add(second)
    assert [*first.summary()] == [
        Latency("generate", 200, "application/json", 3, 0.5, 0.9, 0.9),
        Latency("getStatus", 404, "application/json", 1, 0.2, 0.2, 0.2),
    ]
