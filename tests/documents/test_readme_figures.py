"""The figures of the README are those of docs/benchmarks.md and docs/constructs.md."""

import re
from pathlib import Path

import pytest

from bench.readme import BENCHMARK_ROWS, peers_table, with_table

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BENCHMARKS = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
CONSTRUCTS = (ROOT / "docs" / "constructs.md").read_text(encoding="utf-8")


def test_the_table_of_peers_is_that_of_the_benchmarks() -> None:
    assert with_table(README, BENCHMARKS) == README, "run: python -m bench.readme"


def test_each_figure_stands_on_the_page() -> None:
    for line in peers_table(BENCHMARKS).splitlines()[2:]:
        for cell in line.strip("| ").split("|")[1:]:
            assert cell.strip() in BENCHMARKS, cell


def test_a_page_without_a_row_is_refused() -> None:
    with pytest.raises(ValueError, match="overhead of one call"):
        peers_table(re.sub(r"(?m)^\| JSON call \|.*\n", "", BENCHMARKS))
    assert BENCHMARK_ROWS["JSON call"] == "overhead of one call"


def test_the_counts_of_constructs_are_those_of_the_page() -> None:
    counted = re.search(r"(\d+) of (\d+) constructs.*?(\d+).*?(\d+)", README, re.DOTALL)
    row = re.search(
        r"\*\*carried, of (\d+)\*\* \| \*\*(\d+)\*\* \| \*\*(\d+)\*\* \| \*\*(\d+)\*\*", CONSTRUCTS
    )
    assert counted is not None
    assert row is not None
    of, ours, stock, other = row.groups()
    assert counted.groups() == (ours, of, stock, other)
