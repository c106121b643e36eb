"""Each edit of a small contract is one change of one kind, there and back, and touches one Python name."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.diffing.change import Change
from generator.diffing.diff import compare_snapshots, take_snapshot
from generator.diffing.recorder import Snapshot

# Builds a client for every case: minutes, where all else takes seconds.
pytestmark = pytest.mark.deep

HERE = Path(__file__).parent
LIBRARY = (HERE / "library.yaml").read_text(encoding="utf-8")
PAIRS: list[dict[str, Any]] = tomllib.loads((HERE / "pairs.toml").read_text(encoding="utf-8"))["pair"]


@cache
def library() -> Snapshot:
    """The contract before any edit."""
    return take_snapshot(HERE / "library.yaml")


def edits(pair: dict[str, Any]) -> list[tuple[str, str]]:
    """What is replaced by what."""
    return [(pair["old"], pair["new"]), *((old, new) for old, new in pair.get("more", []))]


def after(pair: dict[str, Any]) -> str:
    """The contract's text after the edit of a pair."""
    text: str = LIBRARY
    for old, new in edits(pair):
        text = text.replace(old, new)
    return text


def edited(pair: dict[str, Any], folder: Path) -> Snapshot:
    """The contract after the edit of a pair."""
    path = folder / "library.yaml"
    path.write_text(after(pair), encoding="utf-8")
    return take_snapshot(path)


def kind(pair: dict[str, Any]) -> str:
    """The kind of change on the way there, which names a test."""
    return str(pair["there"]).partition(" ")[0]


def said(changes: tuple[Change, ...]) -> list[str]:
    """Kind and severity of each change, as the table writes them."""
    return sorted(f"{one.kind} {one.severity.value}" for one in changes)


def first(changes: tuple[Change, ...], expected: str) -> Change:
    """The change that the table names first."""
    return next(one for one in changes if expected.startswith(f"{one.kind} "))


@pytest.mark.parametrize("pair", PAIRS, ids=kind)
def test_an_edit_is_one_change_there_and_back(pair: dict[str, Any], tmp_path: Path) -> None:
    old, new = library(), edited(pair, tmp_path)
    there, back = compare_snapshots(old, new).changes, compare_snapshots(new, old).changes
    assert said(there) == sorted(pair["there"].split("; "))
    assert said(back) == sorted(pair["back"].split("; "))
    assert pair["name"] in first(there, pair["there"]).names
    assert pair.get("name_back", pair["name"]) in first(back, pair["back"]).names
    for change in (*there, *back):
        assert_stands_where_it_says(change, old if (change.document == "old") == (change in there) else new)


def assert_stands_where_it_says(change: Change, edition: Snapshot) -> None:
    """Its pointer leads somewhere, and its line is that of the pointer."""
    assert change.pointer in edition.document.lines
    assert change.line == edition.document.lines[change.pointer]
