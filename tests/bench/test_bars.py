import sys
from math import inf

import pytest

from bench.__main__ import main
from bench.bars import BASELINE, OURS, Row, figures, load_rows, misses, show
from bench.sections import loopback
from bench.series import Effort, Series, ratio, spread


def holds(row: Row, ours: tuple[float, ...], baseline: tuple[float, ...] = (1.0, 1.0, 1.0)) -> bool:
    found = figures([row], [Series(row.id, BASELINE, baseline), Series(row.id, OURS, ours)])
    return next(figure.holds for figure in found if figure.subject == OURS)


@pytest.mark.parametrize(
    ("row", "kept", "broken"),
    [
        (Row("a", "", "s", ratio_at_most=0.8), 0.8, 0.81),
        (Row("a", "", "MB", at_most=2), 2, 2.1),
        (Row("a", "", "%", at_least=100), 100, 99.9),
        (Row("a", "", "s", at_most=8, ratio_at_most=1), 1, 1.1),
        (Row("a", "", "s", at_most=0.5, ratio_at_most=1), 0.5, 0.6),
        (Row("a", "", "s", at_most=8), 8, inf),
    ],
)
def test_a_bar_is_kept_up_to_its_number_and_not_beyond(row: Row, kept: float, broken: float) -> None:
    assert holds(row, (kept,) * 3)
    assert not holds(row, (broken,) * 3)


def test_the_median_is_judged_not_the_outlier() -> None:
    assert holds(Row("a", "", "s", ratio_at_most=1), (0.9, 0.9, 50.0))


def test_a_ratio_that_could_not_be_had_keeps_no_bar() -> None:
    assert not holds(Row("a", "", "s", ratio_at_most=1), (0.5,), (inf,))
    assert not holds(Row("a", "", "s", ratio_at_most=1), (0.5,), (0.0,))


def test_a_bar_that_was_not_measured_is_missed() -> None:
    rows = [Row("a.kept", "", at_most=1), Row("a.broken", "", at_most=1), Row("a.lost", "", at_most=1)]
    rows += [Row("a.free", ""), Row("b.other", "", at_most=1)]
    found = figures(rows, [Series("a.kept", OURS, (1,)), Series("a.broken", OURS, (2,))])
    assert misses(rows, found, ["a"]) == ["a.broken", "a.lost"]


@pytest.mark.parametrize(("options", "status"), [([], 1), (["--quick"], 0)])
def test_a_missed_bar_is_the_exit_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: list[str], status: int
) -> None:
    def measure(_: Effort) -> list[Series]:
        return [Series("loopback.json", BASELINE, (1,)), Series("loopback.json", OURS, (1.04,))]

    monkeypatch.setattr(loopback, "measure", measure)
    monkeypatch.setattr(sys, "argv", ["bench", "--rows=loopback", *options])
    assert main() == status
    said = capsys.readouterr()
    assert "met" in said.out
    assert ("bench: missed: loopback.multipart" in said.err) == bool(status)


def test_ratios_are_taken_round_by_round() -> None:
    # Every round is twice the baseline's, while the machine gets slower from round to round.
    assert ratio((2, 20, 200), (1, 10, 100)) == (2, 2, 2)


def test_a_spread_is_a_median_between_quartiles() -> None:
    assert spread((1, 2, 3, 4, 5)) == (2, 3, 4)
    assert spread((7,)) == (7, 7, 7)


def test_every_row_has_an_id_of_its_own_and_a_title() -> None:
    rows = load_rows()
    assert len({row.id for row in rows}) == len(rows)
    assert all(row.title for row in rows)


def test_a_series_without_a_row_is_refused() -> None:
    with pytest.raises(KeyError, match="unheard"):
        figures(load_rows(), [Series("unheard", OURS, (1,))])


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.000123, "s", "123 µs"),
        (0.0123, "s", "12.3 ms"),
        (12.3, "s", "12.3 s"),
        (1999, "s", "1999 s"),
        (0, "", "0"),
        (2.5, "MB", "2.5 MB"),
        (inf, "s", "not in time"),
    ],
)
def test_numbers_are_written_for_people(value: float, unit: str, words: str) -> None:
    assert show(value, unit) == words
