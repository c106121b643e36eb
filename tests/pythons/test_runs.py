"""Which runs are made of the interpreters that there are, and what the command says."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from pythons import __main__ as command
from pythons.interpreters import MINORS, Interpreter
from pythons.runs import BOUNDS, Outcome, Run, plan_runs

OLD, MIDDLE, NEW = (Interpreter((3, minor, 1), Path(f"/python3.{minor}")) for minor in (11, 12, 13))


def test_the_newest_versions_on_all_and_the_lowest_on_both_ends() -> None:
    assert [(run.interpreter, run.versions) for run in plan_runs([OLD, MIDDLE, NEW])] == [
        (OLD, "lowest"),
        (OLD, "newest"),
        (MIDDLE, "newest"),
        (NEW, "lowest"),
        (NEW, "newest"),
    ]


def test_both_versions_on_a_single_interpreter() -> None:
    assert [run.versions for run in plan_runs([OLD])] == ["lowest", "newest"]


def test_the_oldest_minor_version_is_what_the_client_requires() -> None:
    major, minor = MINORS[0]
    assert f'requires-python = ">={major}.{minor}"' in BOUNDS.read_text(encoding="utf-8")


@pytest.fixture
def interpreters(monkeypatch: pytest.MonkeyPatch) -> list[Interpreter]:
    """What the command finds; no run is made, and the tests fail on 3.13."""
    present: list[Interpreter] = []

    def find(_folders: Iterable[Path]) -> list[Interpreter]:
        return present

    def pretend(run: Run, _arguments: Sequence[str]) -> Outcome:
        return Outcome(run, "attrs 1 httpx 2", passed=run.interpreter != NEW)

    monkeypatch.setattr(command, "find_interpreters", find)
    monkeypatch.setattr(command, "carry_out", pretend)
    return present


def test_fails_if_there_is_only_one(interpreters: list[Interpreter]) -> None:
    interpreters.append(OLD)
    assert command.main([]) == 2
    assert command.main(["--found"]) == 0


def test_fails_if_there_is_none(interpreters: list[Interpreter]) -> None:
    assert interpreters == []
    assert command.main(["--found"]) == 2


def test_says_what_ran_and_what_was_not_found(
    interpreters: list[Interpreter], capsys: pytest.CaptureFixture[str]
) -> None:
    interpreters.extend((OLD, NEW))
    assert command.main([]) == 1
    printed = capsys.readouterr().out
    assert "green  Python 3.11.1  lowest: attrs 1 httpx 2" in printed
    assert "RED    Python 3.13.1  newest: attrs 1 httpx 2" in printed
    assert "found      3.11.1  /python3.11" in printed
    assert "not found  3.12\n  not found  3.14\n" in printed
