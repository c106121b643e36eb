"""Each edit of a small contract is one change of one kind, there and back, and touches one Python name."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.changes import compare, edition
from generator.comparison.change import Change
from generator.comparison.kinds import KINDS
from generator.comparison.recorder import Edition

# Builds a client for every case: minutes, where all else takes seconds.
pytestmark = pytest.mark.deep

HERE = Path(__file__).parent
LIBRARY = (HERE / "library.yaml").read_text(encoding="utf-8")
PAIRS: list[dict[str, str]] = tomllib.loads((HERE / "pairs.toml").read_text(encoding="utf-8"))["pair"]


@cache
def library() -> Edition:
    """The contract before any edit."""
    return edition(HERE / "library.yaml")


def edited(pair: dict[str, str], folder: Path) -> Edition:
    """The contract after the edit of a pair."""
    path = folder / "library.yaml"
    path.write_text(LIBRARY.replace(pair["old"], pair["new"]), encoding="utf-8")
    return edition(path)


def kind(pair: dict[str, str]) -> str:
    """The kind of change on the way there, which names a test."""
    return pair["there"].partition(" ")[0]


def said(changes: tuple[Change, ...]) -> list[str]:
    """Kind and severity of each change, as the table writes them."""
    return sorted(f"{one.kind} {one.severity.value}" for one in changes)


def first(changes: tuple[Change, ...], expected: str) -> Change:
    """The change that the table names first."""
    return next(one for one in changes if expected.startswith(f"{one.kind} "))


@pytest.mark.parametrize("pair", PAIRS, ids=kind)
def test_an_edit_is_one_change_there_and_back(pair: dict[str, str], tmp_path: Path) -> None:
    old, new = library(), edited(pair, tmp_path)
    there, back = compare(old, new).changes, compare(new, old).changes
    assert said(there) == sorted(pair["there"].split("; "))
    assert said(back) == sorted(pair["back"].split("; "))
    assert pair["name"] in first(there, pair["there"]).names
    assert pair.get("name_back", pair["name"]) in first(back, pair["back"]).names
    for change in (*there, *back):
        assert_stands_where_it_says(change, old if (change.document == "old") == (change in there) else new)


def assert_stands_where_it_says(change: Change, edition: Edition) -> None:
    """Its pointer leads somewhere, and its line is that of the pointer."""
    assert change.pointer in edition.document.lines
    assert change.line == edition.document.lines[change.pointer]


def test_each_edit_finds_its_place() -> None:
    lost = [pair["old"] for pair in PAIRS if LIBRARY.count(pair["old"]) != 1]
    assert lost == []


def test_the_table_tries_most_kinds() -> None:
    ways = [way for pair in PAIRS for key in ("there", "back") for way in pair[key].split("; ")]
    tried = {way.split()[0] for way in ways}
    assert tried <= KINDS.keys()
    assert len(tried) >= 150


def test_the_table_and_the_catalogue_agree() -> None:
    ways = [way.split() for pair in PAIRS for key in ("there", "back") for way in pair[key].split("; ")]
    wrong: list[Any] = [way for way in ways if KINDS[way[0]].severity.value != way[1]]
    assert wrong == []
